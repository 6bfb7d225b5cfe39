import type { Schemas } from '../api/client.ts';
import { useText } from '../i18n/index.tsx';
import { useFormat } from '../lib/format.ts';
import { networkName } from '../lib/networks.ts';
import { Icon } from './Icon.tsx';
import s from './WeekWhy.module.css';

type Props = {
  week: Pick<Schemas['Week'], 'week' | 'state' | 'starts_on' | 'ends_on'>;
  current?: boolean;
  /** The reason in one sentence. */
  why: string;
  /** The shares that it rests on; HR never gets them. */
  shares?: Schemas['WeekShare'][];
};

/** Why a week counts or not. */
export function WeekWhy({ week, current, why, shares = [] }: Props) {
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
        {why}
      </p>
      {shares.length > 0 && (
        <ul className={s.shares}>
          {shares.map(share => (
            <li key={share.id}>
              <span className={s.title}>{share.post_title}</span>
              <span className={s.meta}>
                {networkName[share.network]} · <time dateTime={share.at}>{format.moment(share.at)}</time> ·{' '}
                {text.proof[share.proof_class]}
                {!share.counts && ` · ${share.taken_back ? text.takenBack : text.notCounting}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
