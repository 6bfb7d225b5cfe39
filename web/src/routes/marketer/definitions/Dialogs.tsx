import { type ReactNode, useId, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../../components/Button.tsx';
import { Counted } from '../../../components/Counted.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import l from '../../../components/List.module.css';
import { Note, useProblem } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import s from './Definitions.module.css';
import { placeOf } from './place.ts';
import { useDefinitionText } from './texts.ts';
import { useDefinitionActions } from './useDefinition.ts';

type Props = { name: string; onClose: () => void };

/** Makes an own definition out of another. */
export function CopyDialog({ name, onClose }: Props) {
  const text = useDefinitionText();
  const { copy } = useDefinitionActions(name);
  return (
    <NameDialog
      title={text.copyTitle(name)}
      start={text.copyName(name)}
      deed={text.copy}
      saving={copy}
      onClose={onClose}
    >
      {text.copyText}
    </NameDialog>
  );
}

/** Gives a definition another name. */
export function RenameDialog({ name, onClose }: Props) {
  const text = useDefinitionText();
  const { rename } = useDefinitionActions(name);
  return (
    <NameDialog title={text.renameTitle} start={name} deed={text.rename} saving={rename} onClose={onClose} />
  );
}

type NameProps = {
  title: string;
  start: string;
  deed: string;
  saving: ReturnType<typeof useDefinitionActions>['copy'];
  onClose: () => void;
  children?: ReactNode;
};

function NameDialog({ title, start, deed, saving, onClose, children }: NameProps) {
  const texts = useText();
  const text = useDefinitionText();
  const problem = useProblem();
  const [, navigate] = useLocation();
  const [name, setName] = useState(start);
  const form = useId();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <div className={l.deeds}>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={saving.isPending}>
            {deed}
          </Button>
        </div>
      }
    >
      <form
        id={form}
        className={s.form}
        onSubmit={event => {
          event.preventDefault();
          saving.mutate(name.trim(), {
            onSuccess: made => {
              onClose();
              navigate(placeOf(made.definition.name));
            },
          });
        }}
      >
        <Counted
          label={text.name}
          required
          longest={60}
          value={name}
          hint={children}
          error={saving.error ? problem(saving.error) : undefined}
          onFocus={event => event.target.select()}
          onChange={event => setName(event.target.value)}
        />
      </form>
    </Dialog>
  );
}

/** Asks before a definition that no feed uses is deleted. */
export function RemoveDialog({ name, onClose }: Props) {
  const texts = useText();
  const text = useDefinitionText();
  const problem = useProblem();
  const [, navigate] = useLocation();
  const { remove } = useDefinitionActions(name);
  const onSuccess = () => navigate('/marketing/definitions', { replace: true });
  return (
    <Dialog
      title={text.removeTitle(name)}
      onClose={onClose}
      footer={
        <div className={l.deeds}>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button
            look="danger"
            busy={remove.isPending}
            onClick={() => remove.mutate(undefined, { onSuccess })}
          >
            {text.remove}
          </Button>
        </div>
      }
    >
      <p>{text.removeText}</p>
      {remove.error && <Note tone="bad">{problem(remove.error)}</Note>}
    </Dialog>
  );
}
