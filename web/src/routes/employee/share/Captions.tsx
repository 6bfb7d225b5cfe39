import type { Ref } from 'react';
import type { Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useFormat } from '../../../lib/format.ts';
import { leftAt } from '../../../lib/length.ts';
import { networkName } from '../../../lib/networks.ts';
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

type EditorProps = {
  ref: Ref<HTMLTextAreaElement>;
  value: string;
  onChange: (value: string) => void;
  below: string | null;
};

/** The text, editable in the place where it will be read, with what stands below it and cannot be changed. */
export function CaptionEditor({ ref, value, onChange, below }: EditorProps) {
  const text = useText();
  return (
    <>
      <textarea
        ref={ref}
        className={s.editor}
        aria-label={text.share.text}
        value={value}
        // biome-ignore lint/a11y/noAutofocus: it opens because someone pressed "edit" or added a mention
        autoFocus
        onFocus={event => event.target.setSelectionRange(value.length, value.length)}
        onChange={event => onChange(event.target.value)}
      />
      {below && <p className={s.below}>{below}</p>}
    </>
  );
}

/** Says whose words stand below the person's own. */
export function AddedLine({ line }: { line: string }) {
  const text = useText();
  return (
    <p className={s.added}>
      <Icon name="info" />
      <span>
        {text.share.added} <q>{line}</q>
      </span>
    </p>
  );
}

type CounterProps = { value: string; connection: Schemas['Connection']; named: boolean };

/** Characters left, counted as the network counts them. */
export function Counter({ value, connection, named }: CounterProps) {
  const text = useText();
  const format = useFormat();
  const left = leftAt(connection.network, value, connection.text_limit);
  const words = left < 0 ? text.share.over(format.number(-left)) : text.share.left(format.number(left));
  return (
    <p className={left < 0 ? s.over : s.left} role={left < 0 ? 'alert' : undefined}>
      {named ? text.share.leftAt(networkName[connection.network], words) : words}
    </p>
  );
}
