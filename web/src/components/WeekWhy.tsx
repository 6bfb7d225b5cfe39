import type { Schemas } from '../api/client.ts';
import { useText } from '../i18n/index.tsx';
import { useFormat } from '../lib/format.ts';
import { Icon } from './Icon.tsx';
import s from './WeekWhy.module.css';

const networks: Record<Schemas['Network'], string> = { linkedin: 'LinkedIn' };

/** Why a week counts or not: one sentence, and the shares that it rests on. */
export function WeekWhy({ week, current }: { week: Schemas['Week']; current?: boolean }) {
  const text = useText().year;
  const format = useFormat();
  return (
    <div className={s.why}>
      <h2>
        {text.weekTitle(week.week)}
        <small>
          {format.date(week.starts_on)} – {format.date(week.ends_on)}
          {current && ` · ${text.thisWeek}`}
        </small>
      </h2>
      <p className={week.state === 'met' ? s.met : undefined}>
        {week.state === 'met' && <Icon name="check" />}
        {text.why[week.why] ?? text.states[week.state]}
      </p>
      {week.shares.length > 0 && (
        <ul className={s.shares}>
          {week.shares.map(share => (
            <li key={share.id}>
              {share.post_title && <span className={s.title}>{share.post_title}</span>}
              <span className={s.meta}>
                {networks[share.network]} · <time dateTime={share.at}>{format.moment(share.at)}</time> ·{' '}
                {text.proof[share.proof_class]}
                {!share.counts && ` · ${text.notCounting}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
