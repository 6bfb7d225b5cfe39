import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { invitesQuery } from '../../api/backoffice.ts';
import { api, call } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import l from '../../components/List.module.css';
import { useFormat } from '../../lib/format.ts';
import s from './People.module.css';
import { useAdminText } from './texts.ts';

/** Invitations that wait; folded away, as they are few. */
export function Invites() {
  const text = useAdminText().invites;
  const format = useFormat();
  const client = useQueryClient();
  const { data } = useQuery(invitesQuery);
  const withdraw = useMutation({
    mutationFn: (id: string) => call(api.DELETE('/invites/{id}', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: invitesQuery.queryKey }),
  });
  if (!data || data.length === 0) return null;
  return (
    <details className={s.invites}>
      <summary>{text.count(data.length)}</summary>
      <ul>
        {data.map(invite => (
          <li key={invite.id} className={l.row}>
            <div className={l.main}>
              <p className={l.title}>{invite.name}</p>
              <div className={l.meta}>
                <span className={s.email}>{invite.email}</span>
                <span>{text.until(format.moment(invite.expires_at))}</span>
              </div>
            </div>
            <Button
              look="danger"
              busy={withdraw.isPending}
              aria-label={text.withdrawThis(invite.name)}
              onClick={() => withdraw.mutate(invite.id)}
            >
              {text.withdraw}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
