import { useState } from 'react';
import { ApiError } from '../../../api/client.ts';
import type { Definition } from '../../../api/contract.ts';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Note, Skeleton, useProblem } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useWizardText } from '../mapping/texts.ts';
import { costs } from './effects.ts';
import { isAboutName, NameField, nameAfter } from './NameField.tsx';
import s from './Reading.module.css';
import { Trials } from './Trials.tsx';
import { type Base, useSave, useTrials } from './useSave.ts';

type Props = {
  base: Base;
  definition: Definition;
  /** What a definition of its own is called at first. */
  name: string;
  onClose: () => void;
  onSaved: () => void;
};

/** Shows what a change does to the feeds that are read this way, and saves it. */
export function SaveDialog({ base, definition, name: first, onClose, onSaved }: Props) {
  const texts = useText();
  const text = useWizardText().edit;
  const problem = useProblem();
  const [name, setName] = useState(() => nameAfter(first));
  const trials = useTrials(base, definition);
  const save = useSave(base, definition, onSaved);
  const refused = save.error instanceof ApiError ? save.error.code : null;
  const costly = refused === 'definition.loses' || (trials.data !== undefined && costs(trials.data));
  return (
    <Dialog
      title={text.dialog}
      shape="wide"
      onClose={onClose}
      footer={
        <div className={s.deeds}>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button
            look={costly ? 'danger' : 'primary'}
            busy={save.isPending}
            disabled={!trials.data || (base.built_in && !name.trim())}
            onClick={() => save.mutate({ name: name.trim(), accept: costly })}
          >
            {costly ? text.confirmAnyway : text.confirm}
          </Button>
        </div>
      }
    >
      <div className={s.dialog}>
        {base.built_in ? (
          <>
            <p>{text.builtIn(base.name)}</p>
            <NameField value={name} error={save.error} onChange={setName} />
          </>
        ) : (
          trials.data && <p>{text.everyFeed(trials.data.length)}</p>
        )}
        {trials.error ? (
          <Note tone="bad">{problem(trials.error)}</Note>
        ) : trials.data ? (
          <Trials trials={trials.data} />
        ) : (
          <Skeleton count={2} />
        )}
        {save.error && !isAboutName(save.error) && <Note tone="bad">{problem(save.error)}</Note>}
        <p className={s.quiet}>{text.keepOld}</p>
      </div>
    </Dialog>
  );
}
