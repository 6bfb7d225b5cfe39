import { useId } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import s from './Segmented.module.css';

type Option<T extends string> = { value: T; label: string; icon?: IconName };

type Props<T extends string> = {
  legend: string;
  /** The legend is read aloud but not shown. */
  quiet?: boolean;
  options: readonly Option<T>[];
  value: T;
  onChange: (value: T) => void;
};

/** One choice out of a few, all of them in sight: native radio buttons in a row. */
export function Segmented<T extends string>({ legend, quiet, options, value, onChange }: Props<T>) {
  const name = useId();
  return (
    <fieldset className={s.group}>
      <legend className={quiet ? 'hush' : s.legend}>{legend}</legend>
      <div className={s.row}>
        {options.map(option => (
          <label key={option.value} className={s.option}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span className={s.face}>
              {option.icon && <Icon name={option.icon} />}
              {option.label}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
