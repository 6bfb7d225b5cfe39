import type { ReactNode } from 'react';
import { Icon } from '../../../components/Icon.tsx';
import { cx } from '../../../lib/cx.ts';
import { useWizardText } from '../mapping/texts.ts';
import { STEPS, type Step } from './steps.ts';
import s from './Wizard.module.css';

type Props = {
  title: string;
  step: Step;
  /** Steps can be gone to once there is something to work on. */
  onStep?: ((step: Step) => void) | undefined;
  actions?: ReactNode;
  /** A step in which something is not right yet. */
  wrong?: Step | undefined;
  /** The step fills the window, and scrolls inside. */
  filled?: boolean;
  children: ReactNode;
};

/** The frame of the wizard: where we are, the way back and on. */
export function Frame({ title, step, onStep, actions, wrong, filled, children }: Props) {
  const text = useWizardText().steps;
  const now = STEPS.indexOf(step);
  // Nothing behind a step that is wrong has been settled.
  const settled = wrong ? Math.min(now, STEPS.indexOf(wrong)) : now;
  return (
    <div className={cx(s.frame, filled && s.filled)}>
      <title>{`${title} · Klaroen`}</title>
      <header className={s.head}>
        <h1>{title}</h1>
        <nav aria-label={text.label}>
          <ol className={s.steps}>
            {STEPS.map((one, n) => (
              <li key={one}>
                <button
                  type="button"
                  className={cx(s.step, n < settled && s.done, one === wrong && s.wrong)}
                  aria-current={n === now ? 'step' : undefined}
                  disabled={!onStep && n !== now}
                  onClick={() => onStep?.(one)}
                >
                  <span className={s.dot} aria-hidden="true">
                    {one === wrong ? '!' : n < settled ? <Icon name="check" className={s.tick} /> : n + 1}
                  </span>
                  {text[one]}
                  {one === wrong && <span className="hush">({text.wrong})</span>}
                </button>
              </li>
            ))}
          </ol>
        </nav>
        <div className={s.actions}>{actions}</div>
      </header>
      {children}
    </div>
  );
}
