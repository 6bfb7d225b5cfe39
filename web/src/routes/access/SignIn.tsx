import { useMutation, useQuery } from '@tanstack/react-query';
import { api, call, type Schemas } from '../../api/client.ts';
import { setupQuery } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { Check, Field } from '../../components/Field.tsx';
import { Note, useProblem } from '../../components/States.tsx';
import { useText } from '../../i18n/index.tsx';
import { Door } from './Door.tsx';
import { Password } from './Password.tsx';

/** Sign-in with e-mail and password. The address stays, so one arrives where one wanted to go. */
export function SignIn({ onDone }: { onDone: (session: Schemas['Session']) => void }) {
  const text = useText();
  const problem = useProblem();
  const { data: setup } = useQuery(setupQuery);
  const signIn = useMutation({
    mutationFn: (body: Schemas['Credentials']) => call(api.POST('/session', { body })),
    onSuccess: onDone,
  });
  return (
    <Door title={text.signIn.title}>
      {setup?.needed && <Note tone="warn">{text.signIn.notSetUp}</Note>}
      <form
        onSubmit={event => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          signIn.mutate({
            email: String(form.get('email')),
            password: String(form.get('password')),
            stay: form.get('stay') === 'on',
          });
        }}
      >
        <Field
          label={text.signIn.email}
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus
        />
        <Password name="password" label={text.signIn.password} />
        <Check name="stay" label={text.signIn.stay} hint={text.signIn.stayHint} />
        {signIn.error && <Note tone="bad">{problem(signIn.error)}</Note>}
        <Button type="submit" look="primary" busy={signIn.isPending}>
          {text.signIn.submit}
        </Button>
      </form>
    </Door>
  );
}
