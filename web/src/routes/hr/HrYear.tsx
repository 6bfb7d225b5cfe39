import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { hrYearQuery } from '../../api/backoffice.ts';
import type { Schemas } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Page } from '../../components/Page.tsx';
import { Empty, Failed, Skeleton } from '../../components/States.tsx';
import { useLang } from '../../i18n/index.tsx';
import { listed } from '../../lib/networks.ts';
import { useParam } from '../../lib/params.ts';
import { toLocal } from '../../lib/zone.ts';
import { Filters } from './Filters.tsx';
import s from './HrYear.module.css';
import { NewProgram } from './NewProgram.tsx';
import { PersonPanel } from './PersonPanel.tsx';
import { type Sort, selectRows } from './rows.ts';
import { StripLegend } from './Strip.tsx';
import { useHrText } from './texts.ts';
import { YearGrid } from './YearGrid.tsx';

/** Weeks × people of those who joined the program; every filter is in the address. */
export function HrYear() {
  const text = useHrText();
  const { zone, lang } = useLang();
  const [chosen, setChosen] = useParam('year');
  const thisYear = Number(toLocal(new Date(), zone).slice(0, 4));
  const number = Number(chosen) || thisYear;
  const go = (year: number) => setChosen(year === thisYear ? '' : `${year}`);
  const year = useQuery(hrYearQuery(number));
  const program = year.data?.program;
  return (
    <Page
      title={text.title(number)}
      width="full"
      sub={
        program &&
        `${program.name} · ${text.rule(program.min_per_week, listed(program.counting_networks, lang, 'disjunction'))}${program.works_council ? ` · ${text.council(program.works_council.reference)}` : ''}`
      }
      actions={
        <>
          <Button icon="left" square aria-label={text.before(number - 1)} onClick={() => go(number - 1)} />
          <Button
            icon="right"
            square
            aria-label={text.before(number + 1)}
            disabled={number > thisYear}
            onClick={() => go(number + 1)}
          />
          {program && (
            <a className={s.csv} href={`/api/hr/years/${number}/export.csv`} download>
              <Icon name="download" />
              {text.csv}
            </a>
          )}
        </>
      }
    >
      {year.data ? (
        program ? (
          <People year={year.data} />
        ) : (
          <NewProgram key={number} year={number} />
        )
      ) : year.error ? (
        <Failed title={text.errorText} error={year.error} onRetry={() => year.refetch()} />
      ) : (
        <Skeleton count={10} />
      )}
    </Page>
  );
}

function People({ year }: { year: Schemas['HrYear'] }) {
  const text = useHrText();
  const [q, setQ] = useParam('q');
  const [team, setTeam] = useParam('team');
  const [state, setState] = useParam('state');
  const [sort, setSort] = useParam('sort');
  const [person, setPerson] = useParam('person');
  const filter = useDeferredValue(JSON.stringify({ q, team, state, sort: (sort || 'name') as Sort }));
  const rows = useMemo(() => selectRows(year.rows, JSON.parse(filter)), [year.rows, filter]);
  if (year.rows.length === 0) {
    return (
      <Empty icon="people" title={text.nobodyTitle}>
        {text.nobodyText}
      </Empty>
    );
  }
  return (
    <>
      <Filters
        year={year}
        q={q}
        team={team}
        state={state}
        onSearch={setQ}
        onTeam={setTeam}
        onState={setState}
      />
      <div className={s.under}>
        <p className="num">{text.people(rows.length)}</p>
        <StripLegend />
      </div>
      {rows.length > 0 ? (
        <YearGrid
          year={year}
          rows={rows}
          sort={(sort || 'name') as Sort}
          onSort={setSort}
          onOpen={id => setPerson(id, { push: true })}
        />
      ) : (
        <Empty
          icon="search"
          title={text.noHitTitle}
          action={
            <Button
              onClick={() => {
                setQ('');
                setTeam('');
                setState('');
              }}
            >
              {text.clear}
            </Button>
          }
        >
          {text.noHitText}
        </Empty>
      )}
      {person && (
        <PersonPanel
          year={year.year}
          id={person}
          thisWeek={year.this_week ?? null}
          onClose={() => setPerson('')}
        />
      )}
    </>
  );
}
