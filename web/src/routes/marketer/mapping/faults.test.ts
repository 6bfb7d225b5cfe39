import { expect, test } from 'vitest';
import { fieldFault, isFilterFault, itemPathFault, otherFault, sourceFault } from './faults.ts';

const at = (pointer: string) => ({ pointer, detail: '', code: '', column: null });

test('faults are found by their place, and not by one that begins alike', () => {
  const faults = [at('/definition/fields/title/1/xpath'), at('/definition/item_path')];
  expect(sourceFault(faults, 'title', 1)).toBe(faults[0]);
  expect(sourceFault([at('/definition/fields/title/10/xpath')], 'title', 1)).toBeUndefined();
  expect(fieldFault(faults, 'link')).toBeUndefined();
  expect(itemPathFault(faults)).toBe(faults[1]);
  expect(otherFault(faults, ['title', 'link'])).toBeUndefined();
  expect([at('/filter/rules/0'), at('/filters'), at('/definition')].map(isFilterFault)).toEqual([
    true,
    false,
    false,
  ]);
  expect(otherFault([at('/definition/feed_title')], ['title'])).toBeDefined();
});
