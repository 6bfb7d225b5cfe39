import type { Schemas } from '../../../api/client.ts';
import { Icon, type IconName } from '../../../components/Icon.tsx';
import { cx } from '../../../lib/cx.ts';
import { useFormat } from '../../../lib/format.ts';
import { because } from '../filters/say.ts';
import { useWords } from '../filters/useFilter.ts';
import { type Standing, stagesOf, telling } from './stages.ts';
import { useTrailText } from './texts.ts';
import s from './Way.module.css';

type Step = Schemas['TrailStep'];

const icons: Partial<Record<Standing, IconName>> = { done: 'check', waits: 'clock', ends: 'close' };

/** How far an item came, from fetched to shared, and why it came no further. */
export function Way({ trail, title }: { trail: Step[]; title: string }) {
  const text = useTrailText();
  const format = useFormat();
  if (trail.length === 0) return <p className={s.says}>{text.old}</p>;
  return (
    <div className={s.way}>
      <ol className={s.steps} aria-label={text.wayOf(title)}>
        {stagesOf(trail).map(({ stage, step, standing }) => {
          const icon = icons[standing];
          return (
            <li key={stage} className={cx(s.step, s[standing])} data-stage={stage} data-standing={standing}>
              <span className={s.dot}>{icon && <Icon name={icon} className={s.icon} />}</span>
              <span className={s.stage}>{text.stages[stage]}</span>
              <span className={s.name}>
                {step ? nameOf(step, text) : text[standing === 'skipped' ? 'skipped' : 'ahead']}
              </span>
              {step?.at && (
                <time className={s.at} dateTime={step.at}>
                  {format.moment(step.at)}
                </time>
              )}
            </li>
          );
        })}
      </ol>
      <div className={s.says}>
        {telling(trail).map(step => (
          <Says key={step.step} step={step} />
        ))}
      </div>
    </div>
  );
}

function Says({ step }: { step: Step }) {
  const text = useTrailText();
  const words = useWords();
  if (step.because.length === 0) return <p>{text.says(step)}</p>;
  return step.because.map(reason => <p key={`${reason.code} ${reason.rule}`}>{because(reason, words)}</p>);
}

function nameOf(step: Step, text: ReturnType<typeof useTrailText>): string {
  if (step.step === 'shared' && step.count != null) return text.people(step.count);
  return text.codes[step.code] ?? step.words;
}
