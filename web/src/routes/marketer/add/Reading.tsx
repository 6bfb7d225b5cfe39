import type { Schemas } from '../../../api/client.ts';
import { Chip } from '../../../components/Chip.tsx';
import { Note } from '../../../components/States.tsx';
import { useMarketerText } from '../texts.ts';
import s from './Add.module.css';

/** How the document was read: definition with its reasons, and what had to be repaired. */
export function Reading({ preview }: { preview: Schemas['Preview'] }) {
  const texts = useMarketerText();
  const text = texts.add;
  return (
    <div className={s.reading}>
      <h2>{preview.title}</h2>
      <p className={s.chips}>
        <Chip tone="good" icon="check">
          {text.readAs(preview.definition)}
        </Chip>
        <Chip>{text.count(preview.items.length)}</Chip>
      </p>
      {preview.reasons.length > 0 && (
        <details>
          <summary>{text.why}</summary>
          <ul className={s.reasons}>
            {preview.reasons.map(reason => (
              <li key={reason}>{texts.reading(reason)}</li>
            ))}
          </ul>
        </details>
      )}
      {preview.repairs.length > 0 && (
        <details>
          <summary>{text.repairs(preview.repairs.length)}</summary>
          <ul className={s.reasons}>
            {preview.repairs.map(repair => (
              <li key={`${repair.line} ${repair.what}`}>
                {typeof repair.line === 'number' && `${text.line(repair.line)}: `}
                {repair.what}
              </li>
            ))}
          </ul>
        </details>
      )}
      {preview.items.length === 0 ? <Note>{text.noItems}</Note> : <p className={s.lead}>{text.offerText}</p>}
    </div>
  );
}
