import { memo } from 'react';
import { cx } from '../../lib/cx.ts';
import { ranges } from '../../lib/weeks.ts';
import s from './Strip.module.css';
import { useHrText } from './texts.ts';

const CELL = 10;

// Each state has its own shape, so that the strip reads without colour.
const shapes: Record<string, (x: number) => string> = {
  m: x => `M${x} 0h9v12h-9z`,
  o: x => `M${x} 0h9v12h-9zM${x + 1.5} 1.5v9h6v-9z`,
  x: x => `M${x} 9h9v3h-9z`,
  f: x => `M${x + 3.5} 5h2v2h-2z`,
  n: x => `M${x} 12l9-12h-4l-5 6.7zM${x + 4} 12l5-6.7v6.7z`,
};

/** All weeks of one person in five paths: what a row of 53 table cells would say, at a fortieth of the cost. */
export const Strip = memo(function Strip({ weeks }: { weeks: string }) {
  const text = useHrText();
  return (
    <svg
      className={s.strip}
      viewBox={`0 0 ${weeks.length * CELL - 1} 12`}
      preserveAspectRatio="none"
      role="img"
      aria-label={text.strip(ranges(weeks, 'm'), ranges(weeks, 'x'))}
    >
      {Object.entries(shapes).map(([letter, shape]) => (
        <path
          key={letter}
          className={cx(s[letter])}
          fillRule="evenodd"
          d={[...weeks].map((one, week) => (one === letter ? shape(week * CELL) : '')).join('')}
        />
      ))}
    </svg>
  );
});

/** The scale above the strips: week numbers and where we are. */
export function Scale({ weeks, thisWeek }: { weeks: number; thisWeek: number | null }) {
  const marks = [1, 13, 26, 39, weeks];
  return (
    <span className={s.scale} aria-hidden="true">
      {marks.map(week => (
        <span key={week} style={{ left: `${((week - 0.5) / weeks) * 100}%` }}>
          {week}
        </span>
      ))}
      {thisWeek && <i style={{ left: `${((thisWeek - 0.5) / weeks) * 100}%` }} />}
    </span>
  );
}

const ORDER = ['met', 'open', 'missed', 'neutral', 'future'] as const;
const LETTERS = { met: 'm', open: 'o', missed: 'x', neutral: 'n', future: 'f' } as const;

export function StripLegend() {
  const text = useHrText();
  return (
    <ul className={s.legend} aria-label={text.legend}>
      {ORDER.map(state => (
        <li key={state}>
          <svg viewBox="0 0 9 12" aria-hidden="true" className={s.sample}>
            <path className={cx(s[LETTERS[state]])} fillRule="evenodd" d={shapes[LETTERS[state]]?.(0)} />
          </svg>
          {text.states[state]}
        </li>
      ))}
    </ul>
  );
}
