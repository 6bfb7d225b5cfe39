import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { signedIn } from '../../api/cache.ts';
import { api, call, type Schemas } from '../../api/client.ts';
import { setupQuery } from '../../api/queries.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Note, useProblem } from '../../components/States.tsx';
import { browserZone, useLang, useText } from '../../i18n/index.tsx';
import { Door } from './Door.tsx';
import { Password } from './Password.tsx';

/** The one-time link that makes the first admin. The token is in the fragment, which no server log sees. */
export default function Setup() {
  const text = useText();
  const problem = useProblem();
  const { lang } = useLang();
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const [token] = useState(() => location.hash.slice(1));
  const { data: setup } = useQuery(setupQuery);
  const start = useMutation({
    mutationFn: (body: Schemas['FirstAdmin']) => call(api.POST('/setup', { body })),
    onSuccess: session => {
      signedIn(client, session);
      navigate('/', { replace: true });
    },
  });
  if (setup && !setup.needed) {
    return (
      <Door title={text.setup.title}>
        <p>{text.setup.used}</p>
        <ButtonLink href="/" look="primary">
          {text.signIn.title}
        </ButtonLink>
      </Door>
    );
  }
  return (
    <Door title={text.setup.title}>
      <p>{text.setup.text}</p>
      <form
        onSubmit={event => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          start.mutate({
            token,
            name: String(form.get('name')),
            email: String(form.get('email')),
            password: String(form.get('password')),
            language: lang,
            time_zone: browserZone(),
          });
        }}
      >
        <Field label={text.setup.name} name="name" autoComplete="name" required autoFocus />
        <Field label={text.signIn.email} name="email" type="email" autoComplete="username" required />
        <Password name="password" label={text.signIn.password} fresh />
        {start.error && <Note tone="bad">{problem(start.error)}</Note>}
        <Button type="submit" look="primary" busy={start.isPending}>
          {text.setup.submit}
        </Button>
      </form>
    </Door>
  );
}
