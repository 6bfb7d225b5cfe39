import type { KeyboardEvent } from 'react';
import { Button } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import { Field } from '../../../components/Field.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { Note } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { cx } from '../../../lib/cx.ts';
import { ActionField } from './ActionField.tsx';
import s from './Filters.module.css';
import type { Tried } from './Result.tsx';
import { type Fault, faulty } from './rules.ts';
import { actionWords, condition } from './say.ts';
import type { Rule } from './shapes.ts';
import { TestList } from './TestList.tsx';
import { useFilterText } from './texts.ts';
import { useFault, useWords } from './useFilter.ts';

type Props = {
  rule: Rule;
  place: number;
  of: number;
  mapped: Tried | undefined;
  faults: readonly Fault[];
  open: boolean;
  onOpen: (open: boolean) => void;
  onChange: (rule: Rule) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
};

/** One rule: a sentence, which opens to be changed. With Alt and an arrow key it moves. */
export function RuleCard({
  rule,
  place,
  of,
  mapped,
  faults,
  open,
  onOpen,
  onChange,
  onMove,
  onRemove,
}: Props) {
  const text = useFilterText();
  const words = useWords();
  const at = `/filter/rules/${place}`;
  const wrong = faulty(faults, at);
  const shown = open || wrong;
  const hits = mapped?.cards.filter(card =>
    card.verdict.because.some(reason => reason.rule === place),
  ).length;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || !step) return;
    event.preventDefault();
    onMove(place + step);
  };
  return (
    <li className={cx(s.rule, wrong && s.wrong)} data-rule={place}>
      <div className={s.ruleHead}>
        <button
          type="button"
          className={s.sentence}
          aria-expanded={shown}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          onClick={() => onOpen(!shown)}
          onKeyDown={onKeyDown}
        >
          <span className={s.number}>
            <span className="hush">{text.rules.numbered(place + 1)}</span>
            <span aria-hidden="true">{place + 1}</span>
          </span>
          <span className={s.words}>
            {rule.name && <strong>{rule.name}</strong>}
            <span>{condition(rule.when, text)}</span>
            <span className={s.action}>
              <span aria-hidden="true">→ </span>
              {actionWords(rule.action, words)}
            </span>
          </span>
        </button>
        <div className={s.ruleDeeds}>
          {hits !== undefined && <Chip>{text.rules.hits(hits)}</Chip>}
          <Button
            look="quiet"
            icon="up"
            square
            aria-label={text.rules.up(place + 1)}
            aria-disabled={place === 0}
            onClick={() => onMove(place - 1)}
            onKeyDown={onKeyDown}
          />
          <Button
            look="quiet"
            icon="down"
            square
            aria-label={text.rules.down(place + 1)}
            aria-disabled={place === of - 1}
            onClick={() => onMove(place + 1)}
            onKeyDown={onKeyDown}
          />
          <Button
            look="quiet"
            icon="trash"
            square
            aria-label={text.rules.remove(place + 1)}
            onClick={onRemove}
          />
        </div>
      </div>
      {shown && (
        <Open
          rule={rule}
          at={at}
          mapped={mapped}
          faults={faults}
          onChange={onChange}
          onDone={() => onOpen(false)}
        />
      )}
    </li>
  );
}

type OpenProps = Pick<Props, 'rule' | 'mapped' | 'faults' | 'onChange'> & { at: string; onDone: () => void };

function Open({ rule, at, mapped, faults, onChange, onDone }: OpenProps) {
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
      <Field
        label={text.rules.name}
        after={<span className={s.hint}>{texts.optional}</span>}
        hint={text.rules.nameHint}
        maxLength={100}
        value={rule.name ?? ''}
        error={fault(`${at}/name`)}
        onChange={event => {
          const { name: _, ...rest } = rule;
          onChange(event.target.value ? { ...rest, name: event.target.value } : rest);
        }}
      />
      <div className={s.end}>
        <Button onClick={onDone}>
          <Icon name="check" />
          {texts.done}
        </Button>
      </div>
    </div>
  );
}
