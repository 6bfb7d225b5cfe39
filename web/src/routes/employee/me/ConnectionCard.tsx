import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../../api/client.ts';
import { connectionsQuery } from '../../../api/queries.ts';
import { Failed, Note, Skeleton } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { Account } from './Account.tsx';
import s from './Me.module.css';
import { Probe } from './Probe.tsx';

/** The accounts at the networks that are offered: whether each works, how long still, renew, disconnect. */
export function ConnectionCard({ me }: { me: Schemas['Me'] }) {
  const text = useText();
  const { data, error, refetch } = useQuery(connectionsQuery);
  const offered = data?.filter(connection => connection.configured || connection.state !== 'none');
  return (
    <section className={s.card}>
      <h2>{text.me.network}</h2>
      {offered ? (
        offered.length > 0 ? (
          <ul className={s.accounts}>
            {offered.map(connection => (
              <Account key={connection.network} connection={connection} />
            ))}
          </ul>
        ) : (
          <Note tone="warn">{text.me.nothingOffered}</Note>
        )
      ) : error ? (
        <Failed error={error} onRetry={() => refetch()} />
      ) : (
        <Skeleton count={3} />
      )}
      <p className={s.quiet}>{text.me.why}</p>
      <Probe me={me} />
    </section>
  );
}
