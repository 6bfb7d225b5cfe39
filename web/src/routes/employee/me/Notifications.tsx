import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../../api/client.ts';
import { notificationsQuery } from '../../../api/queries.ts';
import { Check } from '../../../components/Field.tsx';
import { Failed, Note, Skeleton, useProblem } from '../../../components/States.tsx';
import { en } from '../../../i18n/en/mail.ts';
import { useTexts } from '../../../i18n/index.tsx';
import { nl } from '../../../i18n/nl/mail.ts';
import { useFormat } from '../../../lib/format.ts';
import s from './Me.module.css';
import { useChooseMail } from './useChooseMail.ts';

const both = { en, nl };

/** What the person wants to be mailed about: each box is a consent of its own, off until they tick it. */
export function Notifications() {
  const text = useTexts(both).notifications;
  const { data, error, refetch } = useQuery(notificationsQuery);
  return (
    <section className={s.card}>
      <h2>{text.title}</h2>
      {data ? (
        data.map(wish => <Wish key={wish.purpose} wish={wish} />)
      ) : error ? (
        <Failed title={text.errorText} error={error} onRetry={() => refetch()} />
      ) : (
        <Skeleton count={1} />
      )}
      <p className={s.quiet}>{text.text}</p>
    </section>
  );
}

function Wish({ wish }: { wish: Schemas['Notification'] }) {
  const text = useTexts(both).notifications;
  const format = useFormat();
  const problem = useProblem();
  const choose = useChooseMail('me');
  // Shown as chosen at once, and put back when it could not be saved.
  const shown = choose.isPending ? choose.variables.by_mail : wish.by_mail;
  const hint = wish.mail_works ? wish.given_at && text.since(format.dayYear(wish.given_at)) : text.off;
  return (
    <>
      <Check
        label={wish.words}
        hint={hint}
        checked={shown}
        onChange={event => {
          if (!choose.isPending) choose.mutate({ wish, by_mail: event.target.checked });
        }}
      />
      {choose.error && <Note tone="bad">{problem(choose.error)}</Note>}
    </>
  );
}
