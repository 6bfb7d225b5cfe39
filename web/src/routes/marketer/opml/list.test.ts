import { expect, test } from 'vitest';
import { byGroup, progressOf, readText } from './list.ts';

test('groups keep the order of the list, what has none comes last', () => {
  const entry = (title: string, group: string | null) => ({ title, group });
  const groups = byGroup([entry('a', null), entry('b', 'News'), entry('c', 'Jobs'), entry('d', 'News')]);
  expect(groups.map(({ group, entries }) => [group, entries.map(({ title }) => title).join('')])).toEqual([
    ['News', 'bd'],
    ['Jobs', 'c'],
    [null, 'a'],
  ]);
});

test.each([
  ['<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>', [0xe9], 'é'],
  ['<?xml version="1.0"?><a>', [0xc3, 0xa9], 'é'],
  ['<?xml version="1.0" encoding="nonsense"?>', [0xc3, 0xa9], 'é'],
])('the charset of %s is minded', async (head, bytes, expected) => {
  const start = new TextEncoder().encode(head.replace(/\xe9.*/, ''));
  expect(await readText(new Blob([start, new Uint8Array(bytes)]))).toContain(expected);
});

test('a feed that was polled works, unless it has an error', () => {
  const error = { code: 'feed.gone', message: '', since: '', stage: 'fetch' as const };
  const at = '2026-11-23T08:00:00Z';
  const { good, bad, waiting } = progressOf([
    { last_polled_at: at, error: null },
    { last_polled_at: at, error },
    { last_polled_at: null, error: null },
  ]);
  expect([good.length, bad.length, waiting.length]).toEqual([1, 1, 1]);
});
