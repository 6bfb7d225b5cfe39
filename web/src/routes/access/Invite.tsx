import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { signedIn } from '../../api/cache.ts';
import { api, call, type Schemas } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { Field } from '../../components/Field.tsx';
import { Note, Skeleton, useProblem } from '../../components/States.tsx';
import { browserZone, useLang, useText } from '../../i18n/index.tsx';
import { Door } from './Door.tsx';
import { Password } from './Password.tsx';

/** Accepting an invitation: looking changes nothing, so a mail scanner that opens the link uses nothing up. */
export default function Invite() {
  const text = useText();
  const [token] = useState(() => location.hash.slice(1));
  const look = useQuery({
    queryKey: ['invite', token],
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => call(api.POST('/invites/look', { body: { token } })),
  });
  if (look.error) {
    return (
      <Door title={text.invite.gone}>
        <p>{text.invite.goneText}</p>
      </Door>
    );
  }
  return (
    <Door title={text.invite.title}>
      {look.data ? <Accept token={token} invite={look.data} /> : <Skeleton shape="block" count={1} />}
    </Door>
  );
}

function Accept({ token, invite }: { token: string; invite: Schemas['WaitingInvite'] }) {
  const text = useText();
  const problem = useProblem();
  const { lang } = useLang();
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const accept = useMutation({
    mutationFn: (body: Schemas['Joining']) => call(api.POST('/invites/accept', { body })),
    onSuccess: session => {
      signedIn(client, session);
      navigate('/', { replace: true });
    },
  });
  return (
    <>
      <p>
        {text.invite.text(invite.email)}{' '}
        {invite.roles.map(role => (
          <Chip key={role}>{text.roles[role]}</Chip>
        ))}
      </p>
      <form
        onSubmit={event => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          accept.mutate({
            token,
            name: String(form.get('name')),
            password: String(form.get('password')),
            language: lang,
            time_zone: browserZone(),
          });
        }}
      >
        <Field label={text.setup.name} name="name" autoComplete="name" defaultValue={invite.name} required />
        <input type="email" name="email" autoComplete="username" value={invite.email} readOnly hidden />
        <Password name="password" label={text.signIn.password} fresh />
        {accept.error && <Note tone="bad">{problem(accept.error)}</Note>}
        <Button type="submit" look="primary" busy={accept.isPending}>
          {text.invite.submit}
        </Button>
      </form>
    </>
  );
}
