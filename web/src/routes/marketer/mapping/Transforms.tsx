import type { ItemField, Source, Transform } from '../../../api/contract.ts';
import { Button } from '../../../components/Button.tsx';
import { moved, replaced, withoutAt } from './definition.ts';
import { Parameters } from './Parameters.tsx';
import s from './Transforms.module.css';
import { useWizardText } from './texts.ts';
import { kindOf, TRANSFORMS, type TransformKind, transform, usual } from './transforms.ts';

type Props = {
  field: ItemField;
  source: Source;
  fault: string | undefined;
  onChange: (source: Source, typed: string | null) => void;
};

/** What is done to a value on its way into the field, in plain words and in order. */
export function Transforms({ field, source, fault, onChange }: Props) {
  const texts = useWizardText();
  const text = texts.map;
  const own = source.transforms ?? null;
  const list = own ?? usual(field);
  const set = (transforms: Transform[] | null, typed: string | null = null) =>
    onChange({ ...source, transforms }, typed);
  return (
    <div className={s.transforms}>
      <ol aria-label={text.steps}>
        {list.map((one, n) => {
          const kind = kindOf(one);
          const name = texts.transforms[kind];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the order
            <li key={n} className={s.transform}>
              <span>{name}</span>
              <Parameters value={one} onChange={next => set(replaced(list, n, next), `step ${n}`)} />
              {own === null && <span className={s.usual}>{text.usual}</span>}
              <span className={s.deeds}>
                {n > 0 && (
                  <Button
                    look="quiet"
                    icon="up"
                    square
                    aria-label={text.stepUp(name)}
                    onClick={() => set(moved(list, n, -1))}
                  />
                )}
                <Button
                  look="quiet"
                  icon="close"
                  square
                  aria-label={text.removeStep(name)}
                  onClick={() => set(withoutAt(list, n))}
                />
              </span>
            </li>
          );
        })}
        {list.length === 0 && <li className={s.usual}>{text.nothing}</li>}
      </ol>
      {fault && (
        <p className={s.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={s.more}>
        <select
          aria-label={text.addStep}
          className={s.select}
          value=""
          onChange={event => set([...list, transform(event.target.value as TransformKind)])}
        >
          <option value="" disabled>
            {text.addStep}
          </option>
          {TRANSFORMS.map(kind => (
            <option key={kind} value={kind}>
              {texts.transforms[kind]}
            </option>
          ))}
        </select>
        {field === 'image' && (
          <label className={s.largest}>
            <input
              type="checkbox"
              checked={source.pick === 'largest'}
              onChange={event =>
                onChange({ ...source, pick: event.target.checked ? 'largest' : 'first' }, null)
              }
            />
            {text.largest}
          </label>
        )}
        {own !== null && usual(field).length > 0 && (
          <button type="button" className={s.reset} onClick={() => set(null)}>
            {text.asUsual}
          </button>
        )}
      </div>
    </div>
  );
}
