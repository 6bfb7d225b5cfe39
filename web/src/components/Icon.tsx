import type { ReactNode } from 'react';
import s from './Icon.module.css';

// One hand: 24-pixel grid, stroke 1.75, round ends. Decoration only; the words beside an icon carry the meaning.
const shapes = {
  home: <path d="M4 10.5 12 4l8 6.5V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z" />,
  shares: <path d="M20 4 3.5 10.2l6.8 3.5L13.8 20.5zm0 0-9.7 9.7" />,
  year: <path d="M4.5 4.5h5v5h-5zm10 0h5v5h-5zm-10 10h5v5h-5zm10.5 2.6 1.8 1.8 3.2-3.7" />,
  me: (
    <path d="M12 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5M4.5 20c.8-3.3 3.8-5.2 7.5-5.2s6.7 1.9 7.5 5.2" />
  ),
  organisation: <path d="M5 20V4.5h9V20m0-10.5h5V20M3.5 20h17M8 8.5h3M8 12h3m-3 3.5h3" />,
  feeds: <path d="M5 18.9h.1M5 12a7 7 0 0 1 7 7M5 5c7.7 0 14 6.3 14 14" />,
  posts: <path d="M4 5.5h16v13H4zm3.5 4h5v4h-5zm8 0h1.5m-1.5 4h1.5" />,
  hr: <path d="M4 20h16M6.5 20v-6m5.5 6V5m5.5 15v-9.5" />,
  trail: (
    <path d="M6 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4m12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4M8.5 6H15a3 3 0 0 1 0 6H9a3 3 0 0 0 0 6h6.5" />
  ),
  definitions: (
    <path d="M8.5 4.5c-2.5 0-2.5 1.5-2.5 3.5s0 4-2 4c2 0 2 2 2 4s0 3.5 2.5 3.5m7-15c2.5 0 2.5 1.5 2.5 3.5s0 4 2 4c-2 0-2 2-2 4s0 3.5-2.5 3.5" />
  ),
  filter: <path d="M4.5 6h15M7.5 12h9m-6 6h3" />,
  people: (
    <path d="M9 11a3.25 3.25 0 1 0 0-6.5A3.25 3.25 0 0 0 9 11m-6 8.5c.5-3 3-4.8 6-4.8s5.5 1.8 6 4.8m0-14.8a3.2 3.2 0 0 1 0 6.1m2.7 4.3c1.8.7 3 2.3 3.3 4.4" />
  ),
  more: <path strokeWidth="3" d="M5.5 12h.01M12 12h.01M18.5 12h.01" />,
  search: <path d="M10.75 17a6.25 6.25 0 1 0 0-12.5 6.25 6.25 0 0 0 0 12.5M20 20l-4.8-4.8" />,
  check: <path d="m5 12.5 4.5 4.5L19 7" />,
  clock: <path d="M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16m0-12.5V12l3 2" />,
  alert: <path d="M12 4.2 20.8 19.5H3.2zm0 5.6v4m0 2.9v.1" />,
  info: <path d="M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16m0-8.5v4.3m0-7.5v.1" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  left: <path d="m14.5 5.5-6.5 6.5 6.5 6.5" />,
  right: <path d="m9.5 5.5 6.5 6.5-6.5 6.5" />,
  up: <path d="m5.5 14.5 6.5-6.5 6.5 6.5" />,
  down: <path d="m5.5 9.5 6.5 6.5 6.5-6.5" />,
  external: <path d="M13.5 4.5h6v6m0-6-9 9M17 14v4.5a1 1 0 0 1-1 1H5.5a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1H10" />,
  plus: <path d="M12 5v14M5 12h14" />,
  out: (
    <path d="M14 8V5.5a1 1 0 0 0-1-1H5.5a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1H13a1 1 0 0 0 1-1V16m-4.5-4h11m-3.5-3.5 3.5 3.5-3.5 3.5" />
  ),
  edit: (
    <path d="M4.5 19.5V16L15.7 4.8a1.5 1.5 0 0 1 2.1 0l1.4 1.4a1.5 1.5 0 0 1 0 2.1L8 19.5zm9-12.5 3.5 3.5" />
  ),
  pause: <path d="M9 5.5v13m6-13v13" />,
  play: <path d="M7.5 5v14l11-7z" />,
  refresh: <path d="M19.5 12a7.5 7.5 0 1 1-2.4-5.5l2.4 2.2m0-4.7v4.7h-4.7" />,
  copy: <path d="M9 9h10.5v10.5H9zm-3 6H4.5V4.5H15V6" />,
  image: <path d="M4 5.5h16v13H4zm0 10 4.5-4.5 7 7M15.5 10h.1m-2.6 5 2.7-2.7 4.3 4.2" />,
  download: <path d="M12 4.5V15m-4.5-4 4.5 4.5 4.5-4.5M5 19.5h14" />,
  aim: <path d="M12 18a6 6 0 1 0 0-12 6 6 0 0 0 0 12m0-15v5m0 8v5m-9-9h5m8 0h5" />,
  undo: <path d="M8.5 5 4.5 9l4 4m-4-4H15a5 5 0 0 1 0 10H9" />,
  trash: <path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7" />,
};

export type IconName = keyof typeof shapes;

export function Icon({ name, className }: { name: IconName; className?: string | undefined }) {
  return (
    <svg viewBox="0 0 24 24" className={className ?? s.icon} aria-hidden="true" focusable="false">
      {shapes[name] satisfies ReactNode}
    </svg>
  );
}
