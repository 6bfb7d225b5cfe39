import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { api, call } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Field } from '../../../components/Field.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { type Network, networkName } from '../../../lib/networks.ts';
import { useConnect } from '../share/useConnect.ts';
import s from './Me.module.css';

const APP_PASSWORDS = 'https://bsky.app/settings/app-passwords';

/** What a network must know before somebody can sign in there: the own server, or a handle and an app password. */
export function SignInAt({ network, onClose }: { network: Network; onClose: () => void }) {
  const title = useText().me.connectTo(networkName[network]);
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={s.form}>{network === 'mastodon' ? <Server /> : <Password onClose={onClose} />}</div>
    </Dialog>
  );
}

const read = (event: FormEvent<HTMLFormElement>) => {
  event.preventDefault();
  const data = new FormData(event.currentTarget);
  return (name: string) => String(data.get(name) ?? '');
};

function Server() {
  const text = useText().me;
  const problem = useProblem();
  const connect = useConnect();
  return (
    <form
      onSubmit={event => {
        const field = read(event);
        connect.mutate({ network: 'mastodon', return_to: '/me', instance: field('instance') });
      }}
    >
      <Field
        label={text.instance}
        name="instance"
        required
        autoFocus
        autoCapitalize="none"
        spellCheck={false}
        hint={text.instanceHint}
        error={connect.error ? problem(connect.error) : undefined}
      />
      <Button type="submit" look="primary" busy={connect.isPending}>
        {text.onwards}
      </Button>
    </form>
  );
}

function Password({ onClose }: { onClose: () => void }) {
  const text = useText().me;
  const problem = useProblem();
  const show = useToast();
  const client = useQueryClient();
  const signIn = useMutation({
    mutationFn: (body: { handle: string; app_password: string }) =>
      call(api.POST('/connections/{network}/sign-in', { params: { path: { network: 'bluesky' } }, body })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['connections'] });
      show({ text: text.connectedTo(networkName.bluesky) });
      onClose();
    },
  });
  return (
    <form
      onSubmit={event => {
        const field = read(event);
        signIn.mutate({ handle: field('handle'), app_password: field('app_password') });
      }}
    >
      <Field
        label={text.handle}
        name="handle"
        required
        autoFocus
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        hint={text.handleHint}
      />
      <Field
        label={text.appPassword}
        name="app_password"
        type="password"
        required
        autoComplete="off"
        hint={text.appPasswordHint}
      />
      <a className={s.outside} href={APP_PASSWORDS} target="_blank" rel="noreferrer">
        {text.makeAppPassword}
        <Icon name="external" />
      </a>
      {signIn.error && <Note tone="bad">{problem(signIn.error)}</Note>}
      <Button type="submit" look="primary" busy={signIn.isPending}>
        {text.connect}
      </Button>
    </form>
  );
}
