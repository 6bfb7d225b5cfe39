import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call, type Schemas } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Field } from '../../components/Field.tsx';
import { Note, useProblem } from '../../components/States.tsx';
import { useText } from '../../i18n/index.tsx';
import { useFormat } from '../../lib/format.ts';
import { useOnce } from '../../lib/once.ts';
import s from './People.module.css';
import { RolesField } from './RolesField.tsx';
import { useAdminText } from './texts.ts';

/** An invitation in two steps: who and what, then the link, which is shown once. */
export function NewInvite({ onClose }: { onClose: () => void }) {
  const text = useAdminText();
  const [made, setMade] = useState<Schemas['InviteWithLink'] | null>(null);
  return (
    <Dialog title={made ? text.newInvite.readyTitle : text.newInvite.title} onClose={onClose}>
      {made ? (
        <Ready invite={made} onAgain={() => setMade(null)} onClose={onClose} />
      ) : (
        <Ask onMade={setMade} />
      )}
    </Dialog>
  );
}

function Ask({ onMade }: { onMade: (invite: Schemas['InviteWithLink']) => void }) {
  const text = useAdminText();
  const problem = useProblem();
  const client = useQueryClient();
  const [roles, setRoles] = useState<Schemas['Role'][]>(['employee']);
  const make = useOnce({
    mutationFn: (body: Schemas['NewInvite']) => call(api.POST('/invites', { body })),
    onSuccess: invite => {
      void client.invalidateQueries({ queryKey: ['invites'] });
      onMade(invite);
    },
  });
  return (
    <form
      className={s.form}
      onSubmit={event => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const field = (name: string) => String(form.get(name)).trim();
        make.mutate({
          name: field('name'),
          email: field('email'),
          team: field('team') || null,
          staff_no: field('staff') || null,
          roles,
        });
      }}
    >
      <div className={s.two}>
        <Field label={text.edit.name} name="name" required autoFocus />
        <Field label={text.newInvite.email} name="email" type="email" required />
        <Field label={text.edit.team} name="team" />
        <Field label={text.edit.staff} name="staff" />
      </div>
      <RolesField value={roles} onChange={setRoles} />
      {make.error && <Note tone="bad">{problem(make.error)}</Note>}
      <Button type="submit" look="primary" busy={make.isPending} disabled={roles.length === 0}>
        {text.newInvite.create}
      </Button>
    </form>
  );
}

type ReadyProps = { invite: Schemas['InviteWithLink']; onAgain: () => void; onClose: () => void };

function Ready({ invite, onAgain, onClose }: ReadyProps) {
  const texts = useText();
  const text = useAdminText().newInvite;
  const format = useFormat();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(invite.link);
    setCopied(true);
  };
  return (
    <div className={s.form}>
      <p>{text.ready(invite.email, format.moment(invite.expires_at))}</p>
      <output className={s.link} aria-label={text.link}>
        {invite.link}
      </output>
      <div className={s.deeds}>
        <Button look="primary" icon={copied ? 'check' : 'copy'} onClick={() => void copy()}>
          {copied ? text.copied : text.copy}
        </Button>
        <Button onClick={onAgain}>{text.another}</Button>
        <Button look="quiet" onClick={onClose}>
          {texts.done}
        </Button>
      </div>
    </div>
  );
}
