import { useMemo } from 'react';
import { useLang } from '../i18n/index.tsx';

const HOUR = 3_600_000;

/** Dates, times and numbers in the reader's language and time zone. */
export function useFormat() {
  const { lang, zone } = useLang();
  return useMemo(() => makeFormat(lang, zone), [lang, zone]);
}

/** The same without React. */
export function makeFormat(lang: string, zone: string) {
  const of = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { timeZone: zone, ...options });
    return (instant: string | Date) => format.format(new Date(instant));
  };
  const plain = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { timeZone: 'UTC', ...options });
    return (date: string) => format.format(new Date(`${date}T00:00:00Z`));
  };
  const relative = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' });
  const number = new Intl.NumberFormat(lang === 'en' ? 'en-GB' : lang);
  const money = new Intl.NumberFormat(lang === 'en' ? 'en-GB' : lang, { style: 'currency', currency: 'EUR' });
  const day = of({ day: 'numeric', month: 'short' });
  const dayYear = of({ day: 'numeric', month: 'short', year: 'numeric' });
  return {
    day,
    dayYear,
    time: of({ hour: '2-digit', minute: '2-digit' }),
    moment: of({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
    /** A calendar date, which has no time zone. */
    date: plain({ day: 'numeric', month: 'short' }),
    dateYear: plain({ day: 'numeric', month: 'long', year: 'numeric' }),
    month: plain({ month: 'short' }),
    number: (value: number) => number.format(value),
    money: (cents: number) => money.format(cents / 100).replace(/[.,]00$/, ''),
    /** "now", "3 hours ago", "in 12 minutes"; further than a week away a date. */
    ago(instant: string, now = Date.now()) {
      const far = Date.parse(instant) - now;
      const size = Math.abs(far);
      // "Within a minute", as some languages say for none, would be a promise.
      if (size < 60_000) return relative.format(Math.round(far / 1000), 'second');
      if (size < HOUR) return relative.format(Math.round(far / 60_000), 'minute');
      if (size < 24 * HOUR) return relative.format(Math.round(far / HOUR), 'hour');
      if (size < 7 * 24 * HOUR) return relative.format(Math.round(far / (24 * HOUR)), 'day');
      return new Date(instant).getUTCFullYear() === new Date(now).getUTCFullYear()
        ? day(instant)
        : dayYear(instant);
    },
  };
}
