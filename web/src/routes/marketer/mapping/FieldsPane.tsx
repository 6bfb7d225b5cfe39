import { Button } from '../../../components/Button.tsx';
import { Note } from '../../../components/States.tsx';
import { FIELDS, sourcesOf } from './definition.ts';
import { FieldRow } from './FieldRow.tsx';
import { otherFault } from './faults.ts';
import { ItemsRow } from './ItemsRow.tsx';
import s from './Mapping.module.css';
import { useWizardText } from './texts.ts';
import { useMapping } from './useMapping.ts';

/** What an item is, and where each of its fields comes from. */
export function FieldsPane() {
  const texts = useWizardText();
  const text = texts.map;
  const { definition, undo, faults, mapped } = useMapping();
  const other = otherFault(faults, FIELDS);
  return (
    <section className={s.pane} aria-label={text.fields}>
      <div className={s.paneHead}>
        <h2>{text.fields}</h2>
        <Button look="quiet" icon="undo" disabled={!undo} onClick={() => undo?.()}>
          {text.undo}
        </Button>
      </div>
      <div className={s.scroll}>
        {other && <Note tone="bad">{texts.fault(other.detail)}</Note>}
        <ItemsRow />
        {mapped && FIELDS.every(field => sourcesOf(definition, field).length === 0) && (
          <p className={s.start}>{text.start}</p>
        )}
        {FIELDS.map(field => (
          <FieldRow key={field} field={field} />
        ))}
      </div>
    </section>
  );
}
