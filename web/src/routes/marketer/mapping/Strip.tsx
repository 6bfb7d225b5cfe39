import { cx } from '../../../lib/cx.ts';
import s from './Fields.module.css';
import { stretches } from './items.ts';

type Props = { filled: boolean[]; chosen: number; onChoose: (item: number) => void };

/** Room between cells, and the least width of a gap, in parts of the strip. */
const WIDTH = 1000;
const FEW = 60;

/**
 * One cell per item: where a field is empty. The click is a short cut for the mouse; the list of items says the same
 * to a keyboard and a screen reader.
 */
export function Strip({ filled, chosen, onChoose }: Props) {
  if (filled.length === 0) return null;
  const cell = WIDTH / filled.length;
  const room = filled.length <= FEW ? Math.min(cell * 0.2, 4) : 0;
  const cells = (wanted: boolean) =>
    stretches(filled, wanted).flatMap(([from, to]) =>
      room > 0
        ? Array.from({ length: to - from }, (_, i) => [from + i, from + i + 1] as const)
        : [[from, to] as const],
    );
  const path = (wanted: boolean, least: number) =>
    cells(wanted)
      .map(
        ([from, to]) => `M${from * cell} 0h${Math.max((to - from) * cell - room, least)}v8H${from * cell}z`,
      )
      .join('');
  return (
    <svg
      className={s.strip}
      viewBox={`0 0 ${WIDTH} 8`}
      preserveAspectRatio="none"
      aria-hidden="true"
      onClick={event => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        onChoose(Math.min(filled.length - 1, Math.floor(((event.clientX - left) / width) * filled.length)));
      }}
    >
      <path className={s.full} d={path(true, 0)} />
      <path className={s.gap} d={path(false, 3)} />
      <path
        className={cx(s.now, !filled[chosen] && s.gap)}
        d={`M${chosen * cell} 0h${Math.max(cell - room, 8)}v8H${chosen * cell}z`}
      />
    </svg>
  );
}
