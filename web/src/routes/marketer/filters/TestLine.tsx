import { Button } from '../../../components/Button.tsx';
import { Field, Select } from '../../../components/Field.tsx';
import { cx } from '../../../lib/cx.ts';
import { Answer } from './Answer.tsx';
import type { Tried } from './Result.tsx';
import s from './Rule.module.css';
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
  withKind,
  withSubject,
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
