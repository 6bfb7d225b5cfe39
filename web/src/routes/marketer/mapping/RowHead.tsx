import { Button } from '../../../components/Button.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { cx } from '../../../lib/cx.ts';
import s from './Fields.module.css';
import { useWizardText } from './texts.ts';
import { type Target, useMapping } from './useMapping.ts';

type Props = {
  target: Target;
  label: string;
  expression: string | undefined;
  others?: number;
  rate?: { filled: number; items: number };
  wrong: boolean;
};

/** The line of a field that is always there: it opens the rest, and starts pointing. */
export function RowHead({ target, label, expression, others = 0, rate, wrong }: Props) {
  const text = useWizardText().map;
  const { open, setOpen, aim, setAim, busy } = useMapping();
  const isOpen = open === target;
  const aimed = aim === target;
  return (
    <h3 className={s.rowHead}>
      <button
        type="button"
        className={s.rowOpen}
        aria-expanded={isOpen}
        onClick={() => setOpen(isOpen ? null : target)}
      >
        <Icon name="right" className={cx(s.chevron, isOpen && s.turned)} />
        <span className={s.label}>{label}</span>
        <code className={cx(s.code, wrong && s.bad)}>
          {expression ?? <span className={s.none}>{text.notSet}</span>}
        </code>
        {others > 0 && <span className={s.others}>{text.fallbacks(others)}</span>}
        {rate && (
          <span className={cx(s.rate, rate.filled < rate.items && s.short, rate.filled === 0 && s.bad)}>
            {text.rate(rate.filled, rate.items)}
          </span>
        )}
      </button>
      <Button
        look={aimed ? 'tonal' : 'quiet'}
        icon="aim"
        square
        busy={busy === target}
        aria-pressed={aimed}
        aria-label={text.aim(label)}
        title={text.aim(label)}
        onClick={() => setAim(aimed ? null : target)}
      />
    </h3>
  );
}
