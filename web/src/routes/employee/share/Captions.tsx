import { Button } from '../../../components/Button.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useFormat } from '../../../lib/format.ts';
import { TEXT_LIMIT, wireLength } from '../../../lib/text.ts';
import s from './ShareDialog.module.css';

type Props = {
  index: number;
  count: number;
  onTurn: (index: number) => void;
  editing: boolean;
  onEdit: (editing: boolean) => void;
};

/** Turns through the suggested texts, and opens the text for editing. */
export function CaptionBar({ index, count, onTurn, editing, onEdit }: Props) {
  const text = useText();
  return (
    <div className={s.captions}>
      {count > 1 && (
        <div className={s.stepper}>
          <Button
            look="quiet"
            icon="left"
            square
            aria-label={text.share.previous}
            onClick={() => onTurn((index + count - 1) % count)}
          />
          <span aria-live="polite" className="num">
            {text.share.caption(index + 1, count)}
          </span>
          <Button
            look="quiet"
            icon="right"
            square
            aria-label={text.share.next}
            onClick={() => onTurn((index + 1) % count)}
          />
        </div>
      )}
      <Button
        look="quiet"
        icon={editing ? 'check' : 'edit'}
        className={s.edit ?? ''}
        aria-pressed={editing}
        onClick={() => onEdit(!editing)}
      >
        {editing ? text.done : text.edit}
      </Button>
    </div>
  );
}

/** The text, editable in the place where it will be read. */
export function CaptionEditor({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const text = useText();
  return (
    <textarea
      className={s.editor}
      aria-label={text.share.text}
      value={value}
      // biome-ignore lint/a11y/noAutofocus: it opens because someone pressed "edit"
      autoFocus
      onFocus={event => event.target.setSelectionRange(value.length, value.length)}
      onChange={event => onChange(event.target.value)}
    />
  );
}

/** Characters left, counted as they go over the wire. */
export function Counter({ value }: { value: string }) {
  const text = useText();
  const format = useFormat();
  const left = TEXT_LIMIT - wireLength(value);
  return (
    <p className={left < 0 ? s.over : s.left} role={left < 0 ? 'alert' : undefined}>
      {left < 0 ? text.share.over(format.number(-left)) : text.share.left(format.number(left))}
    </p>
  );
}
