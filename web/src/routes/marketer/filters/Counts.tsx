import s from './Filters.module.css';
import type { Tried } from './Result.tsx';
import { useFilterText } from './texts.ts';

type Props = {
  mapped: Tried | undefined;
  /** Nothing has to be filled in any more. */
  complete: boolean;
  /** The server found something wrong. */
  wrong: boolean;
};

/** "12 of 15 pass; 2 wait; 1 left out", said again whenever it changes. */
export function Counts({ mapped, complete, wrong }: Props) {
  const text = useFilterText().result;
  const untold = complete && !wrong ? text.waiting : text.untried;
  const { pass = 0, held = 0, dropped = 0 } = mapped?.counts ?? {};
  return (
    <div className={s.counts}>
      <p role="status">
        {mapped && !wrong ? text.counts(pass, pass + held + dropped, held, dropped) : untold}
      </p>
      <p className={s.hint}>{wrong ? text.wrong : complete ? text.hint : text.unfinished}</p>
    </div>
  );
}
