import type { Schemas } from '../../api/client.ts';
import { Select } from '../../components/Field.tsx';
import { Search } from '../../components/Search.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import s from './HrYear.module.css';
import { countStates } from './rows.ts';
import { useHrText } from './texts.ts';

type Props = {
  year: Schemas['HrYear'];
  q: string;
  team: string;
  state: string;
  onSearch: (q: string) => void;
  onTeam: (team: string) => void;
  onState: (state: string) => void;
};

const STATES = ['on_course', 'at_risk', 'cannot_reach', 'met'] as const;

/** Standing with its numbers, team, name. The numbers are of everyone who joined, whatever is filtered. */
export function Filters({ year, q, team, state, onSearch, onTeam, onState }: Props) {
  const text = useHrText();
  const counts = countStates(year.rows);
  return (
    <div className={s.filters}>
      <Tabs
        legend={text.filter}
        value={state}
        onChange={onState}
        options={[
          { value: '', label: text.everyone, count: year.rows.length },
          ...STATES.filter(one => counts[one] > 0).map(one => ({
            value: one,
            label: text.standing[one],
            count: counts[one],
          })),
        ]}
      />
      <div className={s.narrow}>
        <Select quiet label={text.team} value={team} onChange={event => onTeam(event.target.value)}>
          <option value="">{text.allTeams}</option>
          {year.teams.map(one => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </Select>
        <Search key={q ? 'some' : 'none'} label={text.search} value={q} onSearch={onSearch} />
      </div>
    </div>
  );
}
