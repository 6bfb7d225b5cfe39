import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call, type Schemas } from '../../../api/client.ts';
import { connectionsQuery } from '../../../api/queries.ts';
import { Button } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Failed, Note, Skeleton, useProblem } from '../../../components/States.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useConnect } from '../share/useConnect.ts';
import s from './Me.module.css';
import { Probe } from './Probe.tsx';

/** The LinkedIn connection: whether it works, how long still, renew, disconnect. */
export function ConnectionCard({ me }: { me: Schemas['Me'] }) {
  const text = useText();
  const { data, error, refetch } = useQuery(connectionsQuery);
  const linkedin = data?.find(connection => connection.network === 'linkedin');
  return (
    <section className={s.card}>
      <h2>{text.me.network}</h2>
      {linkedin ? (
        <Linkedin connection={linkedin} />
      ) : error ? (
        <Failed error={error} onRetry={() => refetch()} />
      ) : (
        <Skeleton count={1} />
      )}
      <Probe me={me} />
    </section>
  );
}

function Linkedin({ connection }: { connection: Schemas['Connection'] }) {
  const text = useText();
  const problem = useProblem();
  const connect = useConnect();
  const [asking, setAsking] = useState(false);
  const { state, days_left } = connection;
  if (!connection.configured) return <Note tone="warn">{text.share.notConfigured}</Note>;
  return (
    <>
      <div className={s.top}>
        {state === 'works' ? (
          <>
            <p>{text.me.works(connection.display_name ?? '')}</p>
            {typeof days_left === 'number' && (
              <Chip tone={days_left < 8 ? 'warn' : 'good'} icon={days_left < 8 ? 'clock' : 'check'}>
                {text.me.days(days_left)}
              </Chip>
            )}
          </>
        ) : (
          <p>{text.me[state]}</p>
        )}
      </div>
      <p className={s.quiet}>{text.me.why}</p>
      {connect.error && <Note tone="bad">{problem(connect.error)}</Note>}
      <div className={s.deeds}>
        <Button
          look={state === 'works' ? 'outline' : 'primary'}
          busy={connect.isPending}
          onClick={() => connect.mutate('/me')}
        >
          {state === 'none' ? text.me.connect : text.me.renew}
        </Button>
        {state !== 'none' && (
          <Button look="danger" onClick={() => setAsking(true)}>
            {text.me.disconnect}
          </Button>
        )}
      </div>
      {asking && <Disconnect onClose={() => setAsking(false)} />}
    </>
  );
}

function Disconnect({ onClose }: { onClose: () => void }) {
  const text = useText();
  const problem = useProblem();
  const show = useToast();
  const client = useQueryClient();
  const disconnect = useMutation({
    mutationFn: () =>
      call(api.DELETE('/connections/{network}', { params: { path: { network: 'linkedin' } } })),
    onSuccess: () => {
      show({ text: text.me.disconnected });
      void client.invalidateQueries();
      onClose();
    },
  });
  return (
    <Dialog
      title={text.me.disconnectTitle}
      onClose={onClose}
      footer={
        <div className={s.deeds}>
          <Button look="danger" busy={disconnect.isPending} onClick={() => disconnect.mutate()}>
            {text.me.disconnect}
          </Button>
          <Button onClick={onClose}>{text.cancel}</Button>
        </div>
      }
    >
      <p>{text.me.disconnectText}</p>
      {disconnect.error && <Note tone="bad">{problem(disconnect.error)}</Note>}
    </Dialog>
  );
}
