import { type KeyboardEvent, useState } from 'react';
import { Segmented } from '../../../components/Segmented.tsx';
import { Note } from '../../../components/States.tsx';
import { cx } from '../../../lib/cx.ts';
import { CardPane } from './CardPane.tsx';
import { DocumentPane } from './DocumentPane.tsx';
import { FieldsPane } from './FieldsPane.tsx';
import s from './Mapping.module.css';
import { useWizardText } from './texts.ts';
import { useFaultWords } from './useFaultWords.ts';
import { type Mapping, MappingContext, useMapping } from './useMapping.ts';

type Pane = 'document' | 'fields' | 'card';

/** Document, fields and card side by side; on a phone one of them at a time. */
export function MappingEditor({ mapping }: { mapping: Mapping }) {
  const text = useWizardText().map;
  const [pane, setPane] = useState<Pane>('document');
  const words = useFaultWords();
  const { aim, setAim, undo, faults } = mapping;
  // Pointing happens in the document, wherever it was asked for.
  const [aimed, setAimed] = useState(aim);
  if (aim !== aimed) {
    setAimed(aim);
    if (aim) setPane('document');
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && aim) setAim(null);
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !typing) {
      event.preventDefault();
      undo?.();
    }
  };
  return (
    <MappingContext value={mapping}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape and undo work wherever the focus is */}
      <div className={s.editorFrame} onKeyDown={onKeyDown}>
        <div className={s.switch}>
          <Segmented
            quiet
            legend={text.panes}
            value={pane}
            onChange={setPane}
            options={[
              { value: 'document', label: text.document },
              { value: 'fields', label: text.fields },
              { value: 'card', label: text.card },
            ]}
          />
        </div>
        {faults.length > 0 && <Note tone="bad">{text.mend(words.places(faults))}</Note>}
        <Told />
        <div className={cx(s.panes, s[pane])}>
          <DocumentPane />
          <FieldsPane />
          <CardPane />
        </div>
      </div>
    </MappingContext>
  );
}

/** What the last pointing gave: said to a screen reader, and shown where the fields are not in sight. */
function Told() {
  const texts = useWizardText();
  const { choices, mapped, rateOf, outdated } = useMapping();
  const field = choices && choices.target !== 'items' && !outdated(choices.target) ? choices.target : null;
  return (
    <p className={s.told} role="status">
      {field && mapped && texts.map.rateLong(texts.fields[field], rateOf(field)?.filled ?? 0, mapped.items)}
    </p>
  );
}
