import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { api, call, type Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { Password } from '../../access/Password.tsx';
import s from './Me.module.css';

export function PasswordForm() {
  const text = useText();
  const problem = useProblem();
  const show = useToast();
  const form = useRef<HTMLFormElement>(null);
  const change = useMutation({
    mutationFn: (body: Schemas['PasswordChange']) => call(api.POST('/me/password', { body })),
    onSuccess: () => {
      form.current?.reset();
      show({ text: text.me.changed });
    },
  });
  return (
    <section className={s.card}>
      <h2>{text.me.password}</h2>
      <form
        ref={form}
        onSubmit={event => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          change.mutate({ current: String(data.get('current')), new: String(data.get('new')) });
        }}
      >
        <div className={s.two}>
          <Password name="current" label={text.me.currentPassword} />
          <div>
            <Password name="new" label={text.me.newPassword} fresh />
          </div>
        </div>
        {change.error && <Note tone="bad">{problem(change.error)}</Note>}
        <div className={s.deeds}>
          <Button type="submit" busy={change.isPending}>
            {text.me.change}
          </Button>
        </div>
      </form>
    </section>
  );
}
