import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { yearQuery } from '../../api/queries.ts';
import { Icon } from '../../components/Icon.tsx';
import { useLang, useText } from '../../i18n/index.tsx';
import { toLocal } from '../../lib/zone.ts';
import s from './Progress.module.css';

/** Where this week stands, and the year as a bar of small boxes; leads to the year. */
export function Progress({ ready }: { ready: boolean }) {
  const text = useText();
  const { zone } = useLang();
  const thisYear = Number(toLocal(new Date(), zone).slice(0, 4));
  const { data: year } = useQuery({ ...yearQuery(thisYear), enabled: ready });
  if (!year) return <div className={s.panel} />;
  const week = year.weeks.find(one => one.week === year.this_week);
  const met = week?.state === 'met';
  return (
    <Link href="/year" className={s.panel}>
      <span className={s.top}>
        <span className={s.week}>
          {text.progress.week(year.this_week ?? year.weeks.length, year.weeks.length)}
          {met && <Icon name="check" />}
        </span>
        <span className={s.count}>{text.progress.weeks(year.met, year.counted_weeks)}</span>
      </span>
      <span className={s.boxes} aria-hidden="true">
        {year.weeks.map(one => (
          <i key={one.week} className={s[one.state]} />
        ))}
      </span>
      {week && <span className={s.says}>{met ? text.progress.thisWeekMet : text.progress.thisWeekOpen}</span>}
    </Link>
  );
}
