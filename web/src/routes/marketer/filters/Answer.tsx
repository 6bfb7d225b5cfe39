import { useId } from 'react';
import { Counted } from '../../../components/Counted.tsx';
import { Field, Select } from '../../../components/Field.tsx';
import { cx } from '../../../lib/cx.ts';
import type { Tried } from './Result.tsx';
import s from './Rule.module.css';
import type { Fault } from './rules.ts';
import type { Single } from './shapes.ts';
import { typedOf, valueKey, withValue } from './tests.ts';
import { useFilterText } from './texts.ts';
import { useFault } from './useFilter.ts';

type Props = {
  value: Single;
  /** JSON pointer to the test. */
  at: string;
  mapped: Tried | undefined;
  faults: readonly Fault[];
  onChange: (value: Single) => void;
};

const LANGUAGES = ['nl', 'en', 'de', 'fr'] as const;

/** The end of the sentence: a word, a pattern, a number of days, a language, or nothing. */
export function Answer({ value, at, mapped, faults, onChange }: Props) {
  const text = useFilterText();
  const fault = useFault(faults);
  const known = useId();
  const typed = typedOf(value);
  if ('days' in value) {
    return (
      <Field
        quiet
        label={text.when.days}
        className={s.answer}
        type="number"
        min={0}
        max={65535}
        required
        value={Number.isInteger(value.days) ? value.days : ''}
        error={fault(`${at}/days`)}
        hint={text.when.daysHint}
        onChange={event => onChange({ ...value, days: event.target.valueAsNumber })}
      />
    );
  }
  if ('language' in value) {
    return (
      <Select
        quiet
        label={text.when.language}
        className={s.answer}
        value={value.language}
        onChange={event => onChange({ ...value, language: event.target.value as (typeof LANGUAGES)[number] })}
      >
        {LANGUAGES.map(code => (
          <option key={code} value={code}>
            {text.languages[code]}
          </option>
        ))}
      </Select>
    );
  }
  if (typed === null) return null;
  const pattern = value.test === 'matches';
  const category = value.test === 'category-is';
  return (
    <>
      <Counted
        quiet
        label={pattern ? text.when.pattern : category ? text.when.category : text.when.value}
        className={cx(s.answer, pattern && s.code)}
        required
        longest={pattern ? 256 : 200}
        spellCheck={!pattern}
        autoComplete="off"
        list={category ? known : undefined}
        hint={pattern ? text.when.patternHint : undefined}
        value={typed}
        error={fault(`${at}/${valueKey(value)}`)}
        onChange={event => onChange(withValue(value, event.target.value))}
      />
      {category && (
        <datalist id={known}>
          {categoriesOf(mapped).map(name => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
    </>
  );
}

const categoriesOf = (mapped: Tried | undefined) =>
  [...new Set(mapped?.cards.flatMap(card => card.categories))].sort((a, b) => a.localeCompare(b));
