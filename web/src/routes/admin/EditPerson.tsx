import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call, type Schemas } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Field } from '../../components/Field.tsx';
import { Note, useProblem } from '../../components/States.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useText } from '../../i18n/index.tsx';
import s from './People.module.css';
import { RolesField } from './RolesField.tsx';
import { useAdminText } from './texts.ts';

/** Changes an account, or closes it. */
export function EditPerson({ person, onClose }: { person: Schemas['Account']; onClose: () => void }) {
  const texts = useText();
  const text = useAdminText().edit;
  const problem = useProblem();
  const show = useToast();
  const client = useQueryClient();
  const [name, setName] = useState(person.name);
  const [team, setTeam] = useState(person.team ?? '');
  const [staff, setStaff] = useState(person.staff_no ?? '');
  const [roles, setRoles] = useState(person.roles);
  const save = useMutation({
    mutationFn: (body: Schemas['AccountChange']) =>
      call(api.PATCH('/people/{id}', { params: { path: { id: person.id } }, body })),
    onSuccess: (saved, body) => {
      void client.invalidateQueries({ queryKey: ['people'] });
      show({
        text:
          body.active === undefined
            ? text.saved
            : saved.active
              ? text.back(saved.name)
              : text.gone(saved.name),
      });
      onClose();
    },
  });
  return (
    <Dialog
      shape="side"
      title={person.name}
      onClose={onClose}
      footer={
        <div className={s.deeds}>
          <Button
            look="primary"
            busy={save.isPending}
            disabled={!name.trim() || roles.length === 0}
            onClick={() => save.mutate({ name, team, staff_no: staff, roles })}
          >
            {texts.save}
          </Button>
          <Button onClick={onClose}>{texts.cancel}</Button>
        </div>
      }
    >
      <div className={s.form}>
        {save.error && <Note tone="bad">{problem(save.error)}</Note>}
        <Field label={text.name} value={name} required onChange={event => setName(event.target.value)} />
        <Field label={text.team} value={team} onChange={event => setTeam(event.target.value)} />
        <Field label={text.staff} value={staff} onChange={event => setStaff(event.target.value)} />
        <RolesField value={roles} onChange={setRoles} />
        <div className={s.danger}>
          {person.active && <p>{text.deactivateHint}</p>}
          <Button
            look={person.active ? 'danger' : 'outline'}
            busy={save.isPending}
            onClick={() => save.mutate({ active: !person.active })}
          >
            {person.active ? text.deactivate : text.activate}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
