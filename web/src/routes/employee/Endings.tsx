import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../api/client.ts';
import { connectionsQuery } from '../../api/queries.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Note, useProblem } from '../../components/States.tsx';
import { useText } from '../../i18n/index.tsx';
import { ending } from '../../lib/ending.ts';
import { useFormat } from '../../lib/format.ts';
import { networkName } from '../../lib/networks.ts';
import { useConnect } from './share/useConnect.ts';

/** Connections that end soon or have ended, each with its way out; nothing when all is well. */
export function Endings() {
  const text = useText().ending;
  const { data } = useQuery(connectionsQuery);
  const endings = data?.filter(ending) ?? [];
  if (endings.length === 0) return null;
  return (
    <section aria-label={text.label}>
      {endings.map(connection => (
        <Ending key={connection.network} connection={connection} />
      ))}
    </section>
  );
}

function Ending({ connection }: { connection: Schemas['Connection'] }) {
  const text = useText().ending;
  const format = useFormat();
  const problem = useProblem();
  const connect = useConnect();
  const { network, state, days_left, instance, waiting_shares, kept_until, configured } = connection;
  const name = networkName[network];
  const renew = () => connect.mutate({ network, return_to: '/', ...(instance && { instance }) });
  const label = { look: 'tonal', 'aria-label': text.renewAt(name), children: text.renew } as const;
  return (
    <Note
      tone={state === 'works' ? 'warn' : 'bad'}
      action={
        configured && network !== 'bluesky' ? (
          <Button {...label} busy={connect.isPending} onClick={renew} />
        ) : (
          <ButtonLink {...label} href="/me" />
        )
      }
    >
      {state === 'works' ? text.soon(name, days_left ?? 0) : text.over(name)}
      {kept_until && waiting_shares > 0 && ` ${text.waiting(waiting_shares, format.day(kept_until))}`}
      {connect.error && ` ${problem(connect.error)}`}
    </Note>
  );
}
