import type { Schemas } from '../../api/client.ts';
import { useText } from '../../i18n/index.tsx';
import { useFormat } from '../../lib/format.ts';
import s from './Year.module.css';

/** The boxes as a table, for whoever reads rows better than squares. */
export function YearTable({ weeks }: { weeks: Schemas['Week'][] }) {
  const text = useText().year;
  const format = useFormat();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={s.scroll} aria-label={text.table} tabIndex={0}>
      <table className={s.grid}>
        <thead>
          <tr>
            <th scope="col" className={s.n}>
              {text.columns.week}
            </th>
            <th scope="col">{text.columns.dates}</th>
            <th scope="col">{text.columns.state}</th>
            <th scope="col" className={s.n}>
              {text.columns.shares}
            </th>
            <th scope="col">{text.columns.why}</th>
          </tr>
        </thead>
        <tbody>
          {weeks.map(week => (
            <tr key={week.week}>
              <th scope="row" className={s.n}>
                {week.week}
              </th>
              <td>
                {format.date(week.starts_on)} – {format.date(week.ends_on)}
              </td>
              <td>{text.states[week.state]}</td>
              <td className={s.n}>{week.shares.length}</td>
              <td>{text.why[week.why]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
