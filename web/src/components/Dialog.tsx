import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useText } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { Button } from './Button.tsx';
import s from './Dialog.module.css';

type Props = {
  title: ReactNode;
  onClose: () => void;
  /** `side` is a panel at the right edge on a wide screen; all shapes are a sheet from below on a phone. */
  shape?: 'middle' | 'wide' | 'side';
  children: ReactNode;
  /** Stays in sight at the bottom while the content scrolls. */
  footer?: ReactNode;
};

/**
 * A modal dialog on the native element, which keeps the focus inside and gives it back.
 * It listens to `cancel`, not `close`, and closes in a layout effect's clean-up: with `close`, StrictMode's double
 * effect shuts it at once, and with a plain effect the focus does not return to the button that opened it.
 */
export function Dialog({ title, onClose, shape = 'middle', children, footer }: Props) {
  const text = useText();
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    heading.current?.focus();
    return () => dialog?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way, handled by the element itself
    <dialog
      ref={ref}
      className={cx(s.dialog, s[shape])}
      aria-labelledby={id}
      onCancel={event => {
        event.preventDefault();
        onClose();
      }}
      onClick={event => event.target === ref.current && onClose()}
    >
      <div className={s.frame}>
        <header className={s.head}>
          <h2 id={id} ref={heading} tabIndex={-1}>
            {title}
          </h2>
          <Button look="quiet" icon="close" square aria-label={text.close} onClick={onClose} />
        </header>
        <div className={s.body}>{children}</div>
        {footer && <footer className={s.foot}>{footer}</footer>}
      </div>
    </dialog>
  );
}
