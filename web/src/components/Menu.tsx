import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { cx } from '../lib/cx.ts';
import s from './Menu.module.css';

export type MenuItem<T extends string> = {
  value: T;
  label: string;
  /** Said behind the label, quietly. */
  note?: ReactNode;
  /** A line stands above it. */
  apart?: boolean;
};

type Props<T extends string> = {
  label: string;
  anchor: HTMLElement;
  items: MenuItem<T>[];
  onChoose: (value: T) => void;
  onClose: () => void;
};

const GAP = 4;
const EDGE = 8;

/**
 * A menu at the place where it was asked for; a sheet from below on a phone. The native popover closes it on Escape and
 * on a click elsewhere, and gives the focus back.
 */
export function Menu<T extends string>({ label, anchor, items, onChoose, onClose }: Props<T>) {
  const ref = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  useLayoutEffect(() => {
    const menu = ref.current;
    if (!menu) return;
    menu.showPopover();
    const at = anchor.getBoundingClientRect();
    const { width, height } = menu.getBoundingClientRect();
    const below = at.bottom + GAP + height <= innerHeight - EDGE;
    setPlace({
      left: Math.max(EDGE, Math.min(at.left, innerWidth - width - EDGE)),
      top: below ? at.bottom + GAP : Math.max(EDGE, at.top - GAP - height),
    });
    menu.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    return () => menu.hidePopover();
  }, [anchor]);

  const onKeyDown = (event: KeyboardEvent) => {
    const all = [...(ref.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const now = all.indexOf(document.activeElement as HTMLElement);
    const to = target(event.key, now, all);
    if (event.key === 'Tab') onClose();
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    all[to]?.focus();
  };

  return (
    <div
      ref={ref}
      popover="auto"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      className={s.menu}
      style={place ?? {}}
      onKeyDown={onKeyDown}
      onToggle={event => event.newState === 'closed' && onClose()}
    >
      <p className={s.title} aria-hidden="true">
        {label}
      </p>
      {items.map(item => (
        <button
          key={item.value}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className={cx(s.item, item.apart && s.apart)}
          onClick={() => onChoose(item.value)}
        >
          {item.label}
          {item.note && <span className={s.note}>{item.note}</span>}
        </button>
      ))}
    </div>
  );
}

/** The place that a key leads to: arrows go round, a letter goes to the next label that begins with it. */
function target(key: string, now: number, all: HTMLElement[]): number | undefined {
  const count = all.length;
  if (key === 'ArrowDown') return (now + 1) % count;
  if (key === 'ArrowUp') return (now - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (key.length !== 1 || key === ' ') return undefined;
  const from = all.map((_, i) => (now + 1 + i) % count);
  return from.find(i => all[i]?.textContent?.toLowerCase().startsWith(key.toLowerCase()));
}
