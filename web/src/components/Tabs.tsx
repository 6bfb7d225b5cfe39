import { cx } from '../lib/cx.ts';
import s from './Tabs.module.css';

type Option = { value: string; label: string; count?: number };
type Props = { legend: string; options: Option[]; value: string; onChange: (value: string) => void };

/** A filter of which one value is on: pills that scroll sideways on a phone. */
export function Tabs({ legend, options, value, onChange }: Props) {
  return (
    <fieldset className={s.tabs}>
      <legend className="hush">{legend}</legend>
      {options.map(option => (
        <button
          key={option.value}
          type="button"
          className={cx(s.tab, option.value === value && s.on)}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label} {option.count !== undefined && <span className={s.count}>{option.count}</span>}
        </button>
      ))}
    </fieldset>
  );
}
