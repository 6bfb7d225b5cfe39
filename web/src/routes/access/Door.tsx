import type { ReactNode } from 'react';
import { Brand } from '../../components/Brand.tsx';
import { Button } from '../../components/Button.tsx';
import { useLang, useText } from '../../i18n/index.tsx';
import s from './Door.module.css';

/** The frame of the pages before one is signed in: the mark, one card, the other language. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const text = useText();
  const { lang, setLang } = useLang();
  const other = lang === 'nl' ? 'en' : 'nl';
  return (
    <div className={s.door}>
      <title>{`${title} · Klaroen`}</title>
      <header className={s.top}>
        <Brand />
        <Button look="quiet" lang={other} onClick={() => setLang(other)}>
          {text.signIn.language}
        </Button>
      </header>
      <main className={s.card}>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
