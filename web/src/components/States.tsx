import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';
import { useText } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { inWords } from '../lib/refusals.ts';
import { Button } from './Button.tsx';
import { Icon, type IconName } from './Icon.tsx';
import s from './States.module.css';

/** An error in words: ours when the code is known, else the server's own sentence. */
export function useProblem() {
  const text = useText();
  return (error: unknown) => {
    if (!(error instanceof ApiError)) return text.errorTitle;
    return inWords(text.problems, { code: error.code, detail: error.message }) || text.errorTitle;
  };
}

/** Grey shapes in the place of what is still loading. */
export function Skeleton({
  shape = 'rows',
  count = 6,
}: {
  shape?: 'rows' | 'cards' | 'block';
  count?: number;
}) {
  const text = useText();
  return (
    <div className={s[shape]} role="status" aria-label={text.loading}>
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing but its place tells these apart
        <i key={i} className={s.bone} />
      ))}
    </div>
  );
}

type EmptyProps = {
  icon?: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  heading?: 'h1' | 'h2';
};

/** What a list says when it has nothing to show, and what to do about it. */
export function Empty({ icon = 'check', title, children, action, heading: Heading = 'h2' }: EmptyProps) {
  return (
    <div className={s.empty}>
      <span className={s.disc}>
        <Icon name={icon} />
      </span>
      <Heading>{title}</Heading>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

/** A failed load with a way to try again. */
export function Failed({ error, title, onRetry }: { error: unknown; title?: string; onRetry: () => void }) {
  const text = useText();
  const problem = useProblem();
  return (
    <div role="alert">
      <Empty
        icon="alert"
        title={title ?? text.errorTitle}
        action={
          <Button icon="refresh" onClick={onRetry}>
            {text.retry}
          </Button>
        }
      >
        {problem(error)}
      </Empty>
    </div>
  );
}

type NoteProps = { tone?: 'info' | 'warn' | 'bad' | 'good'; children: ReactNode; action?: ReactNode };

/** One sentence in its place: a warning, an explanation, an error of this form. */
export function Note({ tone = 'info', children, action }: NoteProps) {
  return (
    <div className={cx(s.note, s[tone])} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon name={tone === 'good' ? 'check' : tone === 'info' ? 'info' : 'alert'} />
      <div className={s.noteText}>{children}</div>
      {action}
    </div>
  );
}
