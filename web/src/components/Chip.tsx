import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';
import s from './Chip.module.css';
import { Icon, type IconName } from './Icon.tsx';

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'info';

/** A short state in words, with an icon so that colour is never alone. */
export function Chip({
  tone = 'plain',
  icon,
  children,
}: {
  tone?: Tone;
  icon?: IconName | undefined;
  children: ReactNode;
}) {
  return (
    <span className={cx(s.chip, s[tone])}>
      {icon && <Icon name={icon} className={s.icon} />}
      {children}
    </span>
  );
}
