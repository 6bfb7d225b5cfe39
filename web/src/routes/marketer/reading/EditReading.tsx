import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { Definition } from '../../../api/contract.ts';
import { Button } from '../../../components/Button.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { cx } from '../../../lib/cx.ts';
import { drop, keep, load } from '../../../lib/kept.ts';
import { readsAlike, written } from '../mapping/definition.ts';
import { MappingEditor } from '../mapping/MappingEditor.tsx';
import { useWizardText } from '../mapping/texts.ts';
import { useFaultWords } from '../mapping/useFaultWords.ts';
import { type Kept, useMappingState } from '../mapping/useMapping.ts';
import w from '../wizard/Wizard.module.css';
import s from './Reading.module.css';
import { SaveDialog } from './SaveDialog.tsx';
import type { Base } from './useSave.ts';

type Props = {
  title: string;
  sub: string;
  /** Ways to leave, left of the button that saves. */
  actions: ReactNode;
  /** The document on which the change is made. */
  found: Kept;
  definition: Definition;
  base: Base;
  /** What a definition of its own is called at first, when the present one is built in. */
  name: string;
  onSaved: () => void;
};

/** Edits how feeds are read that are followed already: what a change does is shown before it is saved. */
export function EditReading({ title, sub, actions, found, definition: saved, base, name, onSaved }: Props) {
  const text = useWizardText().edit;
  const show = useToast();
  const draft = `mapping.${found.id}.${base.built_in ? base.name : `${base.name}.${base.version}`}`;
  const [definition, setDefinition] = useState(() => load<Definition>(draft) ?? saved);
  const [saving, setSaving] = useState(false);
  const onChange = useCallback((next: Definition) => setDefinition(next), []);
  const mapping = useMappingState({ found, definition, onChange });
  const [fault] = mapping.faults;
  const words = useFaultWords();
  const changed = !readsAlike(definition, saved);
  useEffect(() => {
    if (changed) keep(draft, definition);
    else drop(draft);
  }, [draft, changed, definition]);
  return (
    <div className={cx(w.frame, w.filled)}>
      <title>{`${title} · Klaroen`}</title>
      <header className={s.head}>
        <div className={s.titles}>
          <h1>{title}</h1>
          <p>{sub}</p>
        </div>
        <div className={s.actions}>
          {actions}
          <Button
            look="primary"
            disabled={!changed || fault !== undefined}
            title={fault ? words.sentence(fault) : changed ? undefined : text.unchanged}
            onClick={() => setSaving(true)}
          >
            {text.save}
          </Button>
        </div>
      </header>
      <MappingEditor mapping={mapping} />
      {saving && (
        <SaveDialog
          base={base}
          definition={written(definition)}
          name={name}
          onClose={() => setSaving(false)}
          onSaved={() => {
            drop(draft);
            show({ text: text.saved });
            onSaved();
          }}
        />
      )}
    </div>
  );
}
