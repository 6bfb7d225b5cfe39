import { useState } from 'react';
import type { Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { networkName } from '../../../lib/networks.ts';
import { useConnect } from '../share/useConnect.ts';
import { Disconnect } from './Disconnect.tsx';
import s from './Me.module.css';
import { SignInAt } from './SignInAt.tsx';

/** One network: whose account it is, and what can be done about it. */
export function Account({ connection }: { connection: Schemas['Connection'] }) {
  const text = useText().me;
  const problem = useProblem();
  const connect = useConnect();
  const [open, setOpen] = useState<'disconnect' | 'connect'>();
  const { network, state, days_left, handle, display_name, configured } = connection;
  const name = networkName[network];
  const begin = () =>
    network === 'linkedin' ? connect.mutate({ network, return_to: '/me' }) : setOpen('connect');
  const close = () => setOpen(undefined);
  return (
    <li className={s.account} data-network={network}>
      <div className={s.top}>
        <div>
          <h3>{name}</h3>
          <p>{state === 'works' ? text.works(display_name ?? '') : text[state]}</p>
          {handle && handle !== `@${display_name}` && <p className={s.quiet}>{handle}</p>}
        </div>
        {state === 'works' && typeof days_left === 'number' && (
          <Chip tone={days_left <= 7 ? 'warn' : 'good'} icon={days_left <= 7 ? 'clock' : 'check'}>
            {text.days(days_left)}
          </Chip>
        )}
      </div>
      {connect.error && <Note tone="bad">{problem(connect.error)}</Note>}
      <div className={s.deeds}>
        {configured && (
          <Button
            look={state === 'works' ? 'outline' : 'tonal'}
            busy={connect.isPending}
            aria-label={state === 'none' ? text.connectTo(name) : text.renewAt(name)}
            onClick={begin}
          >
            {state === 'none' ? text.connect : text.renew}
          </Button>
        )}
        {state !== 'none' && (
          <Button look="danger" aria-label={text.disconnectFrom(name)} onClick={() => setOpen('disconnect')}>
            {text.disconnect}
          </Button>
        )}
      </div>
      {open === 'disconnect' && <Disconnect network={network} onClose={close} />}
      {open === 'connect' && <SignInAt network={network} onClose={close} />}
    </li>
  );
}
