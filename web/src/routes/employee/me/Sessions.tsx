import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call } from '../../../api/client.ts';
import { sessionsQuery } from '../../../api/queries.ts';
import { Button } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import { Failed, Skeleton } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useFormat } from '../../../lib/format.ts';
import s from './Me.module.css';

/** Where this person is signed in; each other session can be ended. */
export function Sessions() {
  const text = useText();
  const format = useFormat();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(sessionsQuery);
  const end = useMutation({
    mutationFn: (id: string) => call(api.DELETE('/sessions/{id}', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  return (
    <section className={s.card}>
      <h2>{text.me.sessions}</h2>
      {data ? (
        <ul>
          {data.map(session => (
            <li key={session.id} className={s.session}>
              <div>
                <p>{text.me.since(format.moment(session.created_at))}</p>
                <p className={s.quiet}>{text.me.seen(format.ago(session.last_seen_at))}</p>
              </div>
              {session.current ? (
                <Chip tone="good" icon="check">
                  {text.me.current}
                </Chip>
              ) : (
                <Button
                  aria-label={text.me.endThis(format.moment(session.created_at))}
                  onClick={() => end.mutate(session.id)}
                >
                  {text.me.end}
                </Button>
              )}
            </li>
          ))}
        </ul>
      ) : error ? (
        <Failed error={error} onRetry={() => refetch()} />
      ) : (
        <Skeleton count={1} />
      )}
    </section>
  );
}
