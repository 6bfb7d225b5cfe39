import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hrPersonQuery } from '../../api/backoffice.ts';
import type { Schemas } from '../../api/client.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { Failed, Skeleton } from '../../components/States.tsx';
import { WeekBoxes, WeekLegend } from '../../components/WeekBoxes.tsx';
import { WeekWhy } from '../../components/WeekWhy.tsx';
import s from './PersonPanel.module.css';
import { useHrText } from './texts.ts';

type Props = { year: number; id: string; thisWeek: number | null; onClose: () => void };

/** The year of one person, week by week with the reason; no texts, no clicks, no links. */
export function PersonPanel({ year, id, thisWeek, onClose }: Props) {
  const text = useHrText();
  const { data, error, refetch } = useQuery(hrPersonQuery(year, id));
  return (
    <Dialog shape="side" title={data?.person.name ?? ' '} onClose={onClose}>
      {data ? (
        <div className={s.panel}>
          <p className={s.who}>
            {[data.person.staff_no, data.person.team, year].filter(Boolean).join(' · ')}
          </p>
          <Weeks weeks={data.weeks} thisWeek={thisWeek} />
        </div>
      ) : error ? (
        <Failed title={text.personError} error={error} onRetry={() => refetch()} />
      ) : (
        <Skeleton />
      )}
    </Dialog>
  );
}

function Weeks({ weeks, thisWeek }: { weeks: Schemas['HrWeek'][]; thisWeek: number | null }) {
  const text = useHrText().reasons;
  const firstMissed = weeks.find(week => week.state === 'missed')?.week;
  const [picked, setPicked] = useState(firstMissed ?? thisWeek ?? 1);
  const week = weeks.find(one => one.week === picked);
  return (
    <>
      <div>
        <WeekBoxes weeks={weeks} picked={picked} onPick={setPicked} />
        <WeekLegend />
      </div>
      <section className={s.why} aria-live="polite">
        {week && (
          <WeekWhy
            week={week}
            current={week.week === thisWeek}
            why={week.why === 'met' ? text.met(week.counted) : text[week.why]}
          />
        )}
      </section>
    </>
  );
}
