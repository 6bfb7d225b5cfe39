import { useQuery } from '@tanstack/react-query';
import { publishingQuery } from '../../api/backoffice.ts';
import type { Schemas } from '../../api/client.ts';
import { Chip } from '../../components/Chip.tsx';
import l from '../../components/List.module.css';
import { Page } from '../../components/Page.tsx';
import { Failed, Note, Skeleton } from '../../components/States.tsx';
import { useText } from '../../i18n/index.tsx';
import { useFormat } from '../../lib/format.ts';
import { Mail } from './Mail.tsx';
import s from './Publishing.module.css';
import { useAdminText } from './texts.ts';

/** How publishing is: what somebody should look at, and until when LinkedIn serves the version in use. */
export function Publishing() {
  const text = useAdminText().publishing;
  const { data, error, refetch } = useQuery(publishingQuery);
  return (
    <Page title={text.title} width="text">
      {data ? (
        <div className={s.stack}>
          <Troubles health={data} />
          <CannotShare people={data.cannot_share} />
          <Mail mail={data.mail} />
          <section className={s.stack}>
            <h2>{text.versions}</h2>
            <ul className={l.list}>
              {data.versions.map(version => (
                <Version key={version.version} version={version} />
              ))}
            </ul>
          </section>
        </div>
      ) : error ? (
        <Failed title={text.errorText} error={error} onRetry={() => refetch()} />
      ) : (
        <Skeleton />
      )}
    </Page>
  );
}

function Troubles({ health }: { health: Schemas['Publishing'] }) {
  const texts = useText();
  const text = useAdminText().publishing;
  const format = useFormat();
  if (health.pauses.length + health.stuck.length + health.alarms.length === 0)
    return <Note tone="good">{text.fine}</Note>;
  return (
    <>
      {health.pauses.map(pause => (
        <Note key={pause.network} tone="warn">
          {text.paused(format.ago(pause.since), format.moment(pause.until))}
        </Note>
      ))}
      {health.stuck.map(stuck => (
        <Note key={stuck.state} tone="bad">
          {text.stuck(stuck.shares, texts.shares.states[stuck.state].name, format.ago(stuck.since))}
        </Note>
      ))}
      {health.alarms.map(alarm => (
        <Note key={alarm.code} tone="warn">
          {text.alarms[alarm.code] ?? alarm.message} {alarm.detail && `(${alarm.detail}) `}
          {text.seen(format.ago(alarm.seen_at), alarm.times)}
        </Note>
      ))}
    </>
  );
}

/** Whose connection works no more: they are told on their own pages, and only they can mend it. */
function CannotShare({ people }: { people: Schemas['CannotShare'][] }) {
  const text = useAdminText().publishing;
  return (
    <section className={s.stack}>
      <h2>{text.cannotShare}</h2>
      <p className={l.meta}>
        <span>{people.length ? text.cannotShareHint : text.everybodyCan}</span>
      </p>
      {people.length > 0 && (
        <ul className={l.list}>
          {people.map(person => (
            <li key={person.person_id + person.network} className={l.row}>
              <div className={l.main}>
                <p className={l.title}>{person.name}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Version({ version }: { version: Schemas['ApiVersion'] }) {
  const text = useAdminText().publishing;
  const format = useFormat();
  const days = version.days_left ?? 0;
  const look = version.gone_at
    ? ({ tone: 'bad', words: text.gone } as const)
    : ({ tone: days > 30 ? 'good' : 'warn', words: text.days(days) } as const);
  return (
    <li className={l.row}>
      <div className={l.main}>
        <p className={l.title}>{version.version}</p>
        <div className={l.meta}>
          {version.in_use && <span>{text.inUse}</span>}
          {version.ends_on && <span>{text.ends(format.dateYear(version.ends_on), version.announced)}</span>}
          <Chip tone={look.tone}>{look.words}</Chip>
        </div>
      </div>
    </li>
  );
}
