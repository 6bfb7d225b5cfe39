import type { Schemas } from '../api/client.ts';
import { useText } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { useFormat } from '../lib/format.ts';
import { byMonth } from '../lib/weeks.ts';
import s from './WeekBoxes.module.css';

type Props = {
  weeks: Pick<Schemas['Week'], 'week' | 'state' | 'starts_on'>[];
  picked: number;
  onPick: (week: number) => void;
};

/** A year of weeks, month by month; every box is a button. Each state has its own shape, not only its colour. */
export function WeekBoxes({ weeks, picked, onPick }: Props) {
  const text = useText().year;
  const format = useFormat();
  return (
    <ul className={s.months}>
      {byMonth(weeks).map(({ month, weeks: those }) => (
        <li key={month}>
          <p className={s.month}>{format.month(month.slice(0, 10))}</p>
          <div className={s.row}>
            {those.map(week => (
              <button
                key={week.week}
                type="button"
                className={cx(s.box, s[week.state])}
                aria-pressed={week.week === picked}
                aria-label={text.box(week.week, text.states[week.state])}
                onClick={() => onPick(week.week)}
              >
                {week.week}
              </button>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

const STATES = ['met', 'open', 'missed', 'neutral', 'future'] as const;

export function WeekLegend() {
  const text = useText().year;
  return (
    <ul className={s.legend} aria-label={text.legend}>
      {STATES.map(state => (
        <li key={state}>
          <span className={cx(s.box, s.sample, s[state])} aria-hidden="true" />
          {text.states[state]}
        </li>
      ))}
    </ul>
  );
}
