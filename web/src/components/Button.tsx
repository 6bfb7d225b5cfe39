import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'wouter';
import { useText } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import s from './Button.module.css';
import { Icon, type IconName } from './Icon.tsx';

type Look = {
  look?: 'primary' | 'tonal' | 'outline' | 'quiet' | 'danger';
  icon?: IconName | undefined;
  /** Only the icon shows; the label is read aloud and appears as a hint. */
  square?: boolean;
  busy?: boolean;
};

type ButtonProps = Look & ComponentProps<'button'>;

/** A button. While busy it stays focusable and says so, but does nothing. */
export function Button({ look = 'outline', icon, square, busy, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      {...(busy
        ? { 'aria-disabled': true, onClick: (event: { preventDefault(): void }) => event.preventDefault() }
        : {})}
      className={cx(s.button, s[look], square && s.square, busy && s.busy, className)}
    >
      {icon && <Icon name={icon} />}
      {!square && children && <span className={s.label}>{children as ReactNode}</span>}
    </button>
  );
}

type LinkProps = Look & { href: string; children: ReactNode; className?: string; 'aria-label'?: string };

/** A link that looks like a button. */
export function ButtonLink({
  look = 'outline',
  icon,
  square,
  busy: _,
  className,
  children,
  ...rest
}: LinkProps) {
  return (
    <Link {...rest} className={cx(s.button, s[look], square && s.square, className)}>
      {icon && <Icon name={icon} />}
      <span className={s.label}>{children}</span>
    </Link>
  );
}

/** A link to another site in a new tab that looks like a button. */
export function ExternalLink({
  href,
  children,
  onClick,
}: {
  href: string;
  children: ReactNode;
  onClick?: () => void;
}) {
  const text = useText();
  return (
    <a href={href} target="_blank" rel="noreferrer" className={cx(s.button, s.primary)} onClick={onClick}>
      <Icon name="external" />
      <span className={s.label}>
        {children}
        <span className="hush">({text.opensNewTab})</span>
      </span>
    </a>
  );
}

/** A link to a file of the server that looks like a button. */
export function DownloadLink({
  href,
  icon,
  children,
}: {
  href: string;
  icon?: IconName;
  children: ReactNode;
}) {
  return (
    <a href={href} download className={cx(s.button, s.quiet)}>
      {icon && <Icon name={icon} />}
      <span className={s.label}>{children}</span>
    </a>
  );
}
