import type { ReactNode } from 'react';
import s from './Page.module.css';

type Props = {
  title: string;
  sub?: ReactNode;
  actions?: ReactNode;
  width?: 'text' | 'wide' | 'full';
  children: ReactNode;
};

/** The frame of a screen: its title (also the tab's), a line below it, its actions, its content. */
export function Page({ title, sub, actions, width = 'wide', children }: Props) {
  return (
    <div className={s[width]}>
      <title>{`${title} · Klaroen`}</title>
      <header className={s.head}>
        <div className={s.titles}>
          <h1>{title}</h1>
          {sub && <p className={s.sub}>{sub}</p>}
        </div>
        {actions && <div className={s.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
