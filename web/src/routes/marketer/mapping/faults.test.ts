import { expect, test } from 'vitest';
import { fieldFault, itemPathFault, otherFault, reasonOf, sourceFault } from './faults.ts';

const at = (pointer: string, detail = '') => ({ pointer, detail, code: '', column: null });

test.each([
  [
    'Field title, column 3: a name is missing here, such as title or @href (in x[)',
    'a name is missing here, such as title or @href',
  ],
  ['Item path, column 1: the expression is empty (in )', 'the expression is empty'],
  ['Field title: the pattern ( is not valid: unclosed group', 'the pattern ( is not valid: unclosed group'],
  ['Choose another name', 'Choose another name'],
])('the reason of %s', (detail, reason) => {
  expect(reasonOf(at('', detail))).toBe(reason);
});

test('faults are found by their place, and not by one that begins alike', () => {
  const faults = [at('/definition/fields/title/1/xpath'), at('/definition/item_path')];
  expect(sourceFault(faults, 'title', 1)).toBe(faults[0]);
  expect(sourceFault([at('/definition/fields/title/10/xpath')], 'title', 1)).toBeUndefined();
  expect(fieldFault(faults, 'link')).toBeUndefined();
  expect(itemPathFault(faults)).toBe(faults[1]);
  expect(otherFault(faults, ['title', 'link'])).toBeUndefined();
  expect(otherFault([at('/definition/feed_title')], ['title'])).toBeDefined();
});
