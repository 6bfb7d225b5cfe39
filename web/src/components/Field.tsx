import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from '../lib/cx.ts';
import s from './Field.module.css';

type Frame = {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  after?: ReactNode;
  className?: string | undefined;
  /** The label is read aloud but not shown. */
  quiet?: boolean | undefined;
};

function FieldFrame({
  id,
  quiet,
  label,
  hint,
  error,
  after,
  className,
  children,
}: Frame & { id: string; children: ReactNode }) {
  return (
    <div className={cx(s.field, className)}>
      <div className={quiet ? 'hush' : s.top}>
        <label htmlFor={id}>{label}</label>
        {after}
      </div>
      {children}
      {hint && (
        <p id={`${id}-hint`} className={s.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={s.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

const described = (id: string, { hint, error }: Frame) => ({
  id,
  'aria-invalid': error ? true : undefined,
  'aria-describedby': cx(hint ? `${id}-hint` : '', error ? `${id}-error` : '') || undefined,
});

/** A labelled text input with hint and error, wired for screen readers. */
export function Field({
  quiet,
  label,
  hint,
  error,
  after,
  className,
  ...input
}: Frame & Omit<ComponentProps<'input'>, 'className'>) {
  const id = useId();
  const frame = { quiet, label, hint, error, after, className };
  return (
    <FieldFrame id={id} {...frame}>
      <input {...input} {...described(id, frame)} className={s.control} />
    </FieldFrame>
  );
}

/** A labelled text area. */
export function Area({
  label,
  hint,
  error,
  after,
  className,
  ...input
}: Frame & Omit<ComponentProps<'textarea'>, 'className'>) {
  const id = useId();
  const frame = { label, hint, error, after, className };
  return (
    <FieldFrame id={id} {...frame}>
      <textarea {...input} {...described(id, frame)} className={cx(s.control, s.area)} />
    </FieldFrame>
  );
}

/** A labelled native select. */
export function Select({
  quiet,
  label,
  hint,
  error,
  after,
  className,
  ...input
}: Frame & Omit<ComponentProps<'select'>, 'className'>) {
  const id = useId();
  const frame = { quiet, label, hint, error, after, className };
  return (
    <FieldFrame id={id} {...frame}>
      <select {...input} {...described(id, frame)} className={cx(s.control, s.select)} />
    </FieldFrame>
  );
}

/** A checkbox whose whole line can be tapped. */
export function Check({
  label,
  hint,
  ...input
}: { label: ReactNode; hint?: ReactNode } & ComponentProps<'input'>) {
  return (
    <label className={s.check}>
      <input type="checkbox" {...input} />
      <span>
        {label}
        {hint && <span className={s.checkHint}>{hint}</span>}
      </span>
    </label>
  );
}
