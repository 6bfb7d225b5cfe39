import { useId } from 'react';
import { Button } from '../../../components/Button.tsx';
import { Field, Select } from '../../../components/Field.tsx';
import { cx } from '../../../lib/cx.ts';
import s from './Filters.module.css';
import type { Tried } from './Result.tsx';
import type { Fault } from './rules.ts';
import { clause, factOf } from './say.ts';
import type { Single } from './shapes.ts';
import {
  type Kind,
  kindsOf,
  SUBJECTS,
  type Subject,
  subjectOf,
  typedOf,
  valueKey,
  withKind,
  withSubject,
  withValue,
  xpathOf,
} from './tests.ts';
import { useFilterText } from './texts.ts';
import { useFault } from './useFilter.ts';

type Props = {
  value: Single;
  /** JSON pointer to the test. */
  at: string;
  mapped: Tried | undefined;
  faults: readonly Fault[];
  /** Just added: it takes the focus. */
  fresh: boolean;
  onChange: (value: Single) => void;
  onRemove: () => void;
};

const LANGUAGES = ['nl', 'en', 'de', 'fr'] as const;

/** One test as a line that reads as a sentence: what to look at, how, and for what. */
export function TestLine({ value, at, mapped, faults, fresh, onChange, onRemove }: Props) {
  const text = useFilterText();
  const fault = useFault(faults);
  const subject = subjectOf(value);
  const kinds = kindsOf(value);
  const xpath = xpathOf(value);
  return (
    <div className={cx(s.line, typedOf(value) === null && s.short, xpath !== null && s.withXPath)}>
      <Select
        quiet
        label={text.when.subject}
        className={s.subject}
        value={subject}
        autoFocus={fresh}
        onChange={event => onChange(withSubject(value, event.target.value as Subject))}
      >
        {(Object.keys(SUBJECTS) as (keyof typeof SUBJECTS)[]).map(group => (
          <optgroup key={group} label={text.subjectGroups[group]}>
            {SUBJECTS[group].map(option => (
              <option key={option} value={option}>
                {text.subjects[option]}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
      {xpath !== null && (
        <Field
          quiet
          label={text.when.xpath}
          className={cx(s.xpath, s.code)}
          required
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          placeholder="g:price"
          hint={text.when.xpathHint}
          value={xpath}
          error={fault(`${at}/xpath`)}
          onChange={event => onChange({ ...value, xpath: event.target.value } as Single)}
        />
      )}
      {kinds.length > 1 ? (
        <Select
          quiet
          label={text.when.kind}
          className={s.kind}
          value={value.test}
          onChange={event => onChange(withKind(value, event.target.value as Kind))}
        >
          {kinds.map(kind => (
            <option key={kind} value={kind}>
              {text.kinds[kind]}
            </option>
          ))}
        </Select>
      ) : (
        <span className={cx(s.kind, s.said)}>{text.kinds[value.test]}</span>
      )}
      <Answer value={value} at={at} mapped={mapped} faults={faults} onChange={onChange} />
      <Button
        look="quiet"
        icon="close"
        square
        className={s.remove ?? ''}
        aria-label={text.when.removeTest(clause(factOf(value), text))}
        onClick={onRemove}
      />
    </div>
  );
}

/** The end of the sentence: a word, a pattern, a number of days, a language, or nothing. */
function Answer({ value, at, mapped, faults, onChange }: Omit<Props, 'fresh' | 'onRemove'>) {
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
      <Field
        quiet
        label={pattern ? text.when.pattern : category ? text.when.category : text.when.value}
        className={cx(s.answer, pattern && s.code)}
        required
        maxLength={pattern ? 256 : 200}
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
