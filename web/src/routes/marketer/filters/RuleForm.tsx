import { Button } from '../../../components/Button.tsx';
import { Counted } from '../../../components/Counted.tsx';
import { Note } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { ActionField } from './ActionField.tsx';
import type { Tried } from './Result.tsx';
import s from './Rule.module.css';
import type { Fault } from './rules.ts';
import type { Rule } from './shapes.ts';
import { TestList } from './TestList.tsx';
import { useFilterText } from './texts.ts';
import { useFault } from './useFilter.ts';

type Props = {
  rule: Rule;
  /** JSON pointer to the rule. */
  at: string;
  mapped: Tried | undefined;
  faults: readonly Fault[];
  onChange: (rule: Rule) => void;
  onDone: () => void;
};

/** A rule opened: when it applies, what it does, and how it is called. */
export function RuleForm({ rule, at, mapped, faults, onChange, onDone }: Props) {
  const texts = useText();
  const text = useFilterText();
  const fault = useFault(faults);
  const whole = fault(at) ?? fault(`${at}/when/tests`);
  return (
    <div className={s.open}>
      {whole && <Note tone="bad">{whole}</Note>}
      <TestList
        legend={text.when.legend}
        value={rule.when}
        at={`${at}/when`}
        mapped={mapped}
        faults={faults}
        groups
        onChange={when => onChange({ ...rule, when })}
      />
      <ActionField
        value={rule.action}
        at={`${at}/action`}
        faults={faults}
        onChange={action => onChange({ ...rule, action })}
      />
      <Counted
        label={text.rules.name}
        after={<span className={s.hint}>{texts.optional}</span>}
        hint={text.rules.nameHint}
        longest={100}
        value={rule.name ?? ''}
        error={fault(`${at}/name`)}
        onChange={event => {
          const { name: _, ...rest } = rule;
          onChange(event.target.value ? { ...rest, name: event.target.value } : rest);
        }}
      />
      <div className={s.end}>
        <Button icon="check" onClick={onDone}>
          {texts.done}
        </Button>
      </div>
    </div>
  );
}
