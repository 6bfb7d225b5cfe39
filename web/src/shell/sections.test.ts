import { expect, test } from 'vitest';
import { meSection, sectionsOf, splitForBar, within } from './sections.ts';

test('each role sees its own sections only', () => {
  expect(sectionsOf(['employee']).map(section => section.href)).toEqual(['/', '/shares', '/year']);
  expect(sectionsOf(['admin']).map(section => section.href)).toEqual([
    '/admin/people',
    '/admin/publishing',
    '/admin/organisation',
  ]);
  expect(sectionsOf(['marketer', 'hr']).map(section => section.key)).toEqual([
    'feeds',
    'posts',
    'trail',
    'definitions',
    'hr',
  ]);
});

test('a bar of five places never drops a section', () => {
  const all = [...sectionsOf(['employee', 'marketer', 'hr', 'admin']), meSection];
  const { shown, rest } = splitForBar(all);
  expect(shown).toHaveLength(4);
  expect([...shown, ...rest]).toEqual(all);
  expect(splitForBar([...sectionsOf(['employee']), meSection]).rest).toEqual([]);
});

test('the start page is not the parent of every page', () => {
  const [home, , , feeds] = sectionsOf(['employee', 'marketer']);
  expect(home && within(home, '/shares')).toBe(false);
  expect(feeds && within(feeds, '/marketing/feeds/new')).toBe(true);
});
