import { Chip } from '../../../components/Chip.tsx';
import { Note } from '../../../components/States.tsx';
import { useFormat } from '../../../lib/format.ts';
import { readsAlike } from '../mapping/definition.ts';
import { useWizardText } from '../mapping/texts.ts';
import type { Mapping } from '../mapping/useMapping.ts';
import { useMarketerText } from '../texts.ts';
import s from './Cards.module.css';

/** How the document was read: definition with its reasons, and what had to be repaired. */
export function Reading({ mapping }: { mapping: Mapping }) {
  const texts = useMarketerText();
  const text = texts.add;
  const own = useWizardText();
  const format = useFormat();
  const { found, definition, mapped } = mapping;
  const all = mapped?.repairs ?? found.repairs;
  const lost = all.filter(repair => repair.loses_items);
  const repairs = all.filter(repair => !repair.loses_items);
  const changed = found.definition && !readsAlike(found.definition, definition);
  return (
    <div className={s.reading}>
      <h2>{found.title}</h2>
      <p className={s.chips}>
        {found.definition ? (
          <Chip tone="good" icon="check">
            {text.readAs(found.definition.name)}
          </Chip>
        ) : (
          <Chip>{own.source.root(found.root)}</Chip>
        )}
        {changed && <Chip tone="info">{own.publish.changed}</Chip>}
        {mapped && mapping.faults.length === 0 && <Chip>{text.count(mapped.items)}</Chip>}
        <Chip>{own.source.size(format.number(Math.max(1, Math.round(found.bytes / 1000))))}</Chip>
      </p>
      {lost.map(repair => (
        <Note key={`${repair.line} ${repair.what}`} tone="warn">
          {own.source.lost} {typeof repair.line === 'number' && `${text.line(repair.line)}: `}
          {own.repair(repair.what)}.
        </Note>
      ))}
      {found.reasons.length > 0 && (
        <details>
          <summary>{text.why}</summary>
          <ul className={s.reasons}>
            {found.reasons.map(reason => (
              <li key={reason}>{texts.reading(reason)}</li>
            ))}
          </ul>
        </details>
      )}
      {repairs.length > 0 && (
        <details>
          <summary>{text.repairs(repairs.length)}</summary>
          <ul className={s.reasons}>
            {repairs.map(repair => (
              <li key={`${repair.line} ${repair.what}`}>
                {typeof repair.line === 'number' && `${text.line(repair.line)}: `}
                {own.repair(repair.what)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
