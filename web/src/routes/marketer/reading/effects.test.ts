import { expect, test } from 'vitest';
import type { Trial } from '../../../api/contract.ts';
import { costs, effectsOf } from './effects.ts';

const change = (field: 'title' | 'image', before: string | null, after: string | null) => ({
  field,
  before,
  after,
});
const trial = (part: Partial<Trial>): Trial => ({
  feed: { id: '1', title: 'News' },
  fetched_at: '2026-09-01T00:00:00Z',
  items_before: 38,
  items_after: 38,
  changed: 3,
  live_posts: 0,
  lost: [],
  rows: [
    { title: 'a', changes: [change('image', 'x', null), change('title', 'a', 'b')] },
    { title: 'b', changes: [change('image', 'y', null)] },
    { title: 'c', changes: [change('title', null, 'c')] },
  ],
  ...part,
});

test('losses and gains are counted by field; another value is neither', () => {
  expect(effectsOf(trial({}))).toEqual({
    losses: [{ field: 'image', items: 2 }],
    gains: [{ field: 'title', items: 1 }],
    partly: false,
  });
});

test('a field that is lost for all is said once, as that', () => {
  expect(effectsOf(trial({ lost: ['image'] })).losses).toEqual([]);
});

test('counts of the first rows say so', () => {
  expect(effectsOf(trial({ changed: 60 })).partly).toBe(true);
});

test.each([
  ['nothing lost', {}, false],
  ['fewer items', { items_after: 37 }, true],
  ['a field lost', { lost: ['image' as const] }, true],
  ['it cannot be read', { fault: 'The items cannot be found.' }, true],
])('it costs something: %s', (_, part, expected) => {
  expect(costs([trial({}), trial(part)])).toBe(expected);
});
