import { useQuery } from '@tanstack/react-query';
import { teamsQuery } from '../../../api/backoffice.ts';
import { Check } from '../../../components/Field.tsx';
import { useMarketerText } from '../texts.ts';
import s from './Settings.module.css';

type Props = {
  value: string[];
  /** What none means, where it is not everybody. */
  none?: string;
  error?: string | undefined;
  onChange: (teams: string[]) => void;
};

/** For whom a post is: teams to tick; none is everybody. A team that is gone stays until it is taken out. */
export function TeamsField({ value, none, error, onChange }: Props) {
  const text = useMarketerText().settings;
  const { data = [] } = useQuery(teamsQuery);
  const teams = [...new Set([...data, ...value])].sort((a, b) => a.localeCompare(b));
  return (
    <fieldset className={s.teams}>
      <legend>{text.audience}</legend>
      <p className={s.words} role="status">
        {value.length === 0 && none ? none : text.audienceIs(value)}
      </p>
      <div className={s.ticks}>
        {teams.map(team => (
          <Check
            key={team}
            label={team}
            checked={value.includes(team)}
            onChange={event =>
              onChange(event.target.checked ? [...value, team] : value.filter(other => other !== team))
            }
          />
        ))}
      </div>
      {teams.length === 0 && <p className={s.hint}>{text.noTeams}</p>}
      {error && (
        <p className={s.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
