import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '../../api/client.ts';
import { yearQuery } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { Page } from '../../components/Page.tsx';
import { Failed, Skeleton } from '../../components/States.tsx';
import { WeekBoxes, WeekLegend } from '../../components/WeekBoxes.tsx';
import { WeekWhy } from '../../components/WeekWhy.tsx';
import { useLang, useText } from '../../i18n/index.tsx';
import { useParam } from '../../lib/params.ts';
import { toLocal } from '../../lib/zone.ts';
import { ProgramCard } from './ProgramCard.tsx';
import s from './Year.module.css';
import { YearTable } from './YearTable.tsx';

/** The employee's own year: every week a box that answers "why?", the same as a table, and the bonus rule in words. */
export default function Year() {
  const text = useText();
  const { zone } = useLang();
  const [chosen, setChosen] = useParam('year');
  const thisYear = Number(toLocal(new Date(), zone).slice(0, 4));
  const number = Number(chosen) || thisYear;
  const year = useQuery(yearQuery(number));
  return (
    <Page
      title={`${text.year.title} ${number}`}
      sub={year.data && text.year.met(year.data.met, year.data.counted_weeks)}
      actions={
        <>
          <Button
            icon="left"
            square
            aria-label={text.year.before(number - 1)}
            onClick={() => setChosen(`${number - 1}`)}
          />
          <Button
            icon="right"
            square
            aria-label={text.year.before(number + 1)}
            disabled={number >= thisYear}
            onClick={() => setChosen(number + 1 === thisYear ? '' : `${number + 1}`)}
          />
        </>
      }
    >
      {year.data ? (
        <Filled key={number} year={year.data} />
      ) : year.error ? (
        <Failed title={text.year.errorText} error={year.error} onRetry={() => year.refetch()} />
      ) : (
        <Skeleton shape="block" count={2} />
      )}
    </Page>
  );
}

function Filled({ year }: { year: Schemas['Year'] }) {
  const text = useText();
  const [picked, setPicked] = useState(year.this_week ?? year.weeks.at(-1)?.week ?? 1);
  const week = year.weeks.find(one => one.week === picked);
  return (
    <div className={s.layout}>
      <div className={s.main}>
        <section className={s.panel} aria-label={text.year.boxes}>
          <WeekBoxes weeks={year.weeks} picked={picked} onPick={setPicked} />
          <WeekLegend />
        </section>
        <section className={s.panel} aria-live="polite">
          {week && (
            <WeekWhy
              week={week}
              current={week.week === year.this_week}
              why={text.year.why[week.why]}
              shares={week.shares}
            />
          )}
        </section>
        <details className={s.table}>
          <summary>{text.year.table}</summary>
          <YearTable weeks={year.weeks} />
        </details>
      </div>
      <ProgramCard year={year.year} program={year.program ?? null} joined={year.joined} />
    </div>
  );
}
