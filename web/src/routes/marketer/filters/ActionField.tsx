import { Select } from '../../../components/Field.tsx';
import { TeamsField } from '../settings/TeamsField.tsx';
import { TopicSelect } from '../settings/TopicSelect.tsx';
import s from './Rule.module.css';
import { ACTIONS, type ActionKind, actionKind, blankAction, type Fault } from './rules.ts';
import type { Action } from './shapes.ts';
import { useFilterText } from './texts.ts';
import { useFault } from './useFilter.ts';

type Props = {
  value: Action;
  /** JSON pointer to the action. */
  at: string;
  faults: readonly Fault[];
  onChange: (value: Action) => void;
};

/** What a rule does, with the topic, teams or language that go with it. */
export function ActionField({ value, at, faults, onChange }: Props) {
  const text = useFilterText().deed;
  const fault = useFault(faults);
  const kind = actionKind(value);
  const teamFault = (teams: string[]) =>
    [`${at}/set-audience`, ...teams.map((_, i) => `${at}/set-audience/${i}`)].map(fault).find(Boolean);
  const decides = kind === 'drop' || kind === 'keep';
  return (
    <fieldset className={s.then}>
      <legend>{text.legend}</legend>
      <Select
        quiet
        label={text.action}
        value={kind}
        hint={kind === 'hold' ? text.hold : decides ? text.decides : text.goesOn}
        error={fault(at)}
        onChange={event => onChange(blankAction(event.target.value as ActionKind))}
      >
        {ACTIONS.map(option => (
          <option key={option} value={option}>
            {text.actions[option]}
          </option>
        ))}
      </Select>
      {typeof value === 'object' && 'set-topic' in value && (
        <TopicSelect
          value={value['set-topic']}
          error={fault(`${at}/set-topic`)}
          onChange={id => onChange({ 'set-topic': id })}
        />
      )}
      {typeof value === 'object' && 'set-audience' in value && (
        <TeamsField
          value={value['set-audience']}
          none={text.chooseTeam}
          error={teamFault(value['set-audience'])}
          onChange={teams => onChange({ 'set-audience': teams })}
        />
      )}
      {typeof value === 'object' && 'set-language' in value && (
        <Language value={value['set-language']} at={at} faults={faults} onChange={onChange} />
      )}
    </fieldset>
  );
}

function Language({ value, at, faults, onChange }: Omit<Props, 'value'> & { value: string }) {
  const text = useFilterText();
  const fault = useFault(faults);
  return (
    <Select
      label={text.deed.language}
      value={value}
      error={fault(`${at}/set-language`)}
      onChange={event => onChange({ 'set-language': event.target.value })}
    >
      {(['nl', 'en'] as const).map(code => (
        <option key={code} value={code}>
          {text.languages[code]}
        </option>
      ))}
    </Select>
  );
}
