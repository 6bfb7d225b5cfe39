import { createContext, type ReactNode, use, useEffect, useMemo } from 'react';
import { en } from './en/base.ts';
import { nl } from './nl/base.ts';

export type Lang = 'nl' | 'en';

const base = { en, nl };

type Context = { lang: Lang; zone: string; setLang: (lang: Lang) => void };

const Language = createContext<Context>({ lang: 'en', zone: 'UTC', setLang: () => {} });

/** The language of the browser, for someone who is not signed in. */
export const browserLang = (): Lang => (navigator.language.toLowerCase().startsWith('nl') ? 'nl' : 'en');
export const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'Europe/Amsterdam';

/** Gives everything below it a language and a time zone, and tells the document. */
export function LanguageProvider({ lang, zone, setLang, children }: Context & { children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = lang;
  }, [lang]);
  const value = useMemo(() => ({ lang, zone, setLang }), [lang, zone, setLang]);
  return <Language value={value}>{children}</Language>;
}

export const useLang = () => use(Language);

/** The texts of the entry: employee screens, sign-in and everything shared. */
export const useText = () => base[use(Language).lang];

/** The texts of one back-office area, which arrive with that area's chunk. */
export const useTexts = <T,>(both: { en: T; nl: T }): T => both[use(Language).lang];
