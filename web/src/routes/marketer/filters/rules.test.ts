import { expect, test } from 'vitest';
import { blankAction, brief, faultAt, faulty, full, isComplete, moved, named } from './rules.ts';
import type { Action } from './shapes.ts';

test('an entry moves to another place and nothing is lost', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a'], 0, 0)).toEqual(['a']);
});

test('a filter that says nothing is no filter', () => {
  expect(brief(full(null))).toBeNull();
  expect(brief({ ...full(null), drop_same_title: true })).toEqual({
    rules: [],
    stop_words: [],
    drop_same_title: true,
  });
});

const doing = (action: Action) => ({ rules: [{ when: { of: 'all' as const, tests: [] }, action }] });

test('a rule without its topic or teams cannot be tried yet', () => {
  expect(isComplete(null)).toBe(true);
  expect(isComplete(doing('drop'))).toBe(true);
  expect(isComplete(doing(blankAction('set-topic')))).toBe(false);
  expect(isComplete(doing({ 'set-topic': 'id' }))).toBe(true);
  expect(isComplete(doing(blankAction('set-audience')))).toBe(false);
  expect(isComplete(doing({ 'set-audience': ['HR'] }))).toBe(true);
});

test('faults are found at their place and above it', () => {
  const faults = [
    {
      pointer: '/filter/rules/1/when/tests/0/value',
      code: 'filter.empty',
      detail: 'Enter a text.',
      column: null,
    },
  ];
  expect(faultAt(faults, '/filter/rules/1')).toBeUndefined();
  expect(faulty(faults, '/filter/rules/1')).toBe(true);
  expect(faulty(faults, '/filter/rules/10')).toBe(false);
});

test('rules keep their names when others come and go', () => {
  expect(named([], 2)).toEqual([1, 2]);
  expect(named([2, 1], 3)).toEqual([2, 1, 3]);
  expect(named([1, 2, 3], 1)).toEqual([1]);
});
