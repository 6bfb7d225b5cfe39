import type { Schemas } from '../../../api/client.ts';
import type { Group, Single, Test } from './shapes.ts';

export type Field = Schemas['ItemField'];
export type Kind = Single['test'];

/** What a test looks at: the first choice of its line. */
export type Subject = Field | 'xpath' | 'language' | 'short';

const TEXT: Kind[] = ['contains-word', 'contains-phrase', 'equals', 'starts-with', 'matches'];

const kinds: Record<Subject, Kind[]> = {
  title: TEXT,
  text: TEXT,
  link: TEXT,
  author: TEXT,
  guid: TEXT,
  xpath: TEXT,
  categories: ['category-is', 'contains-word', 'contains-phrase', 'starts-with', 'matches'],
  image: ['has-picture', ...TEXT],
  published: ['older-than', 'newer-than'],
  language: ['language-is'],
  short: ['is-short'],
};

/** The subjects as the menu groups them. */
export const SUBJECTS = {
  texts: ['title', 'text', 'link', 'author'],
  marks: ['categories', 'image', 'published', 'language', 'short'],
  more: ['guid', 'xpath'],
} as const satisfies Record<string, Subject[]>;

const about: Partial<Record<Kind, Subject>> = {
  'older-than': 'published',
  'newer-than': 'published',
  'has-picture': 'image',
  'category-is': 'categories',
  'language-is': 'language',
  'is-short': 'short',
};

/** What a test looks at. */
export function subjectOf(test: Single): Subject {
  if (xpathOf(test) !== null) return 'xpath';
  return about[test.test] ?? fieldOf(test) ?? 'title';
}

/** The kinds that go with the subject of a test; one that came from elsewhere is kept in the list. */
export function kindsOf(test: Single): Kind[] {
  const list = kinds[subjectOf(test)];
  return list.includes(test.test) ? list : [...list, test.test];
}

/** The same test about something else; what was filled in stays where it can. */
export function withSubject(test: Single, subject: Subject): Single {
  const list = kinds[subject];
  return make(subject, list.includes(test.test) ? test.test : (list[0] ?? test.test), test);
}

/** The same test asked in another way. */
export const withKind = (test: Single, kind: Kind): Single => make(subjectOf(test), kind, test);

/** The same test with another word, pattern or category. */
export function withValue(test: Single, value: string): Single {
  if (test.test === 'matches') return { ...test, pattern: value };
  return 'value' in test ? { ...test, value } : test;
}

/** What was typed: the word, pattern or category; null where nothing is typed. */
export function typedOf(test: Single): string | null {
  if (test.test === 'matches') return test.pattern;
  return 'value' in test ? test.value : null;
}

/** The name of the property that `typedOf` reads, as faults point at it. */
export const valueKey = (test: Single) => (test.test === 'matches' ? 'pattern' : 'value');

export const xpathOf = (test: Test): string | null => ('xpath' in test ? (test.xpath ?? null) : null);
export const fieldOf = (test: Test): Field | null => ('field' in test ? (test.field ?? null) : null);

/** A new test, of the commonest kind. */
export const blankTest = (): Single => ({ test: 'contains-word', field: 'title', value: '' });
export const blankGroup = (): Group => ({ test: 'group', of: 'any', tests: [blankTest()] });

/** Whether something in it still has to be filled in. */
export function unfinished(test: Test): boolean {
  if (test.test === 'group') return test.tests.some(unfinished);
  if (xpathOf(test)?.trim() === '') return true;
  if ('days' in test) return !Number.isInteger(test.days);
  return typedOf(test)?.trim() === '';
}

function make(subject: Subject, kind: Kind, before: Single): Single {
  const value = typedOf(before) ?? '';
  const days = 'days' in before ? before.days : 30;
  switch (kind) {
    case 'older-than':
    case 'newer-than':
      return { test: kind, days };
    case 'has-picture':
    case 'is-short':
      return { test: kind };
    case 'category-is':
      return { test: kind, value };
    case 'language-is':
      return { test: kind, language: 'language' in before ? before.language : 'nl' };
    case 'matches':
      return { test: kind, ...where(subject, before), pattern: value };
    default:
      return { test: kind, ...where(subject, before), value };
  }
}

function where(subject: Subject, before: Single): { field: Field } | { xpath: string } {
  if (subject === 'xpath') return { xpath: xpathOf(before) ?? '' };
  return { field: subject === 'language' || subject === 'short' ? 'title' : subject };
}
