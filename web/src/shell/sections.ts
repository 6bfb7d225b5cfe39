import type { Schemas } from '../api/client.ts';
import type { IconName } from '../components/Icon.tsx';

type Role = Schemas['Role'];
export type Section = {
  href: string;
  key:
    | 'home'
    | 'shares'
    | 'year'
    | 'feeds'
    | 'posts'
    | 'trail'
    | 'definitions'
    | 'hr'
    | 'people'
    | 'publishing'
    | 'organisation'
    | 'me';
  icon: IconName;
  role: Role | null;
};

const sections: Section[] = [
  { href: '/', key: 'home', icon: 'home', role: 'employee' },
  { href: '/shares', key: 'shares', icon: 'shares', role: 'employee' },
  { href: '/year', key: 'year', icon: 'year', role: 'employee' },
  { href: '/marketing/feeds', key: 'feeds', icon: 'feeds', role: 'marketer' },
  { href: '/marketing/posts', key: 'posts', icon: 'posts', role: 'marketer' },
  { href: '/marketing/trail', key: 'trail', icon: 'trail', role: 'marketer' },
  { href: '/marketing/definitions', key: 'definitions', icon: 'definitions', role: 'marketer' },
  { href: '/hr/year', key: 'hr', icon: 'hr', role: 'hr' },
  { href: '/admin/people', key: 'people', icon: 'people', role: 'admin' },
  { href: '/admin/publishing', key: 'publishing', icon: 'shares', role: 'admin' },
  { href: '/admin/organisation', key: 'organisation', icon: 'organisation', role: 'admin' },
];

export const meSection: Section = { href: '/me', key: 'me', icon: 'me', role: null };

/** The sections that these roles may see, in the order of the menu. */
export const sectionsOf = (roles: Role[]) =>
  sections.filter(section => section.role && roles.includes(section.role));

/** Whether a path lies in a section; the start page is only itself. */
export const within = (section: Section, path: string) =>
  section.href === '/' ? path === '/' : path === section.href || path.startsWith(`${section.href}/`);

/** What fits in the bar of a phone: five places, the last one for "more" when there are too many. */
export function splitForBar(all: Section[], places = 5): { shown: Section[]; rest: Section[] } {
  if (all.length <= places) return { shown: all, rest: [] };
  return { shown: all.slice(0, places - 1), rest: all.slice(places - 1) };
}
