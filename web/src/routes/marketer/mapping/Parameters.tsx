import type { Transform } from '../../../api/contract.ts';
import s from './Transforms.module.css';
import { useWizardText } from './texts.ts';
import { kindOf, parameterOf, transform } from './transforms.ts';

/** The inputs of a transform that takes something: a text, a number, or a pattern and what takes its place. */
export function Parameters({ value, onChange }: { value: Transform; onChange: (value: Transform) => void }) {
  const texts = useWizardText();
  const text = texts.map;
  const kind = kindOf(value);
  const parameter = parameterOf(value);
  if (parameter === null) return null;
  if (typeof parameter === 'number') {
    return (
      <>
        <input
          className={s.parameter}
          type="number"
          min="1"
          max="5000"
          aria-label={texts.transforms[kind]}
          value={parameter}
          onChange={event => onChange(transform(kind, Math.max(1, event.target.valueAsNumber || 1)))}
        />
        {text.characters}
      </>
    );
  }
  if (typeof parameter === 'string') {
    return (
      <input
        className={s.parameter}
        aria-label={texts.transforms[kind]}
        value={parameter}
        spellCheck={false}
        onChange={event => onChange(transform(kind, event.target.value))}
      />
    );
  }
  return (
    <>
      <input
        className={s.parameter}
        aria-label={text.pattern}
        placeholder={text.pattern}
        value={parameter.pattern}
        spellCheck={false}
        onChange={event => onChange(transform(kind, { ...parameter, pattern: event.target.value }))}
      />
      {text.by}
      <input
        className={s.parameter}
        aria-label={text.by}
        value={parameter.with}
        spellCheck={false}
        onChange={event => onChange(transform(kind, { ...parameter, with: event.target.value }))}
      />
    </>
  );
}
