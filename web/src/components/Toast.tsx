import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '../i18n/index.tsx';
import { Button } from './Button.tsx';
import s from './Toast.module.css';

type Message = {
  text: string;
  tone?: 'good' | 'bad';
  /** A deed that is possible while the message shows, for example undo. */
  action?: { label: string; run: () => void };
  /** Instant in milliseconds at which the message goes; the action counts down to it. */
  until?: number;
};

const Show = createContext<(message: Message) => void>(() => {});

/** Shows one short message at the bottom of the screen. */
export const useToast = () => use(Show);

export function ToastProvider({ children }: { children: ReactNode }) {
  const text = useText();
  const [message, setMessage] = useState<(Message & { until: number }) | null>(null);
  const [left, setLeft] = useState(0);
  const timer = useRef(0);
  const show = useCallback((next: Message) => {
    setMessage({ ...next, until: next.until ?? Date.now() + 5000 });
  }, []);
  useEffect(() => {
    if (!message) return;
    const tick = () => {
      const seconds = Math.ceil((message.until - Date.now()) / 1000);
      setLeft(seconds);
      if (seconds <= 0) setMessage(null);
    };
    tick();
    timer.current = window.setInterval(tick, 250);
    return () => clearInterval(timer.current);
  }, [message]);
  const value = useMemo(() => show, [show]);
  return (
    <Show value={value}>
      {children}
      <div className={s.region} role="status">
        {message && (
          <div className={s.toast}>
            <span className={message.tone === 'bad' ? s.bad : s.text}>{message.text}</span>
            {message.action && (
              <button
                type="button"
                className={s.action}
                onClick={() => {
                  setMessage(null);
                  message.action?.run();
                }}
              >
                {message.action.label}
                <span className={s.left} aria-hidden="true">
                  {Math.max(left, 0)}
                </span>
              </button>
            )}
            <Button
              look="quiet"
              icon="close"
              square
              aria-label={text.close}
              onClick={() => setMessage(null)}
              className={s.close ?? ''}
            />
          </div>
        )}
      </div>
    </Show>
  );
}
