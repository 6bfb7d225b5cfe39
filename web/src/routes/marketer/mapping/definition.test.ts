import { expect, test } from 'vitest';
import type { Source } from '../../../api/contract.ts';
import { blank, moved, placeOf, pointedFirst, readsAlike, withSources, written } from './definition.ts';
import { kindOf, parameterOf, TRANSFORMS, transform } from './transforms.ts';

const sources: Source[] = [{ xpath: 'nonsense' }, { xpath: 'dc:title' }, { xpath: 'title' }];
const rate = { field: 'title' as const, filled: 9, from: [0, 3, 6] };
const to = (xpath: string, filled: number) => ({ xpath, filled, items: 10, why: '' });

test.each([
  ['fills all: stands alone', to('name', 10), ['name']],
  ['fills some: keeps what gave something', to('name', 4), ['name', 'dc:title', 'title']],
  ['was there: only moves', to('title', 6), ['title', 'dc:title']],
])('what was pointed at %s', (_, suggestion, expected) => {
  expect(pointedFirst(sources, rate, suggestion).map(source => source.xpath)).toEqual(expected);
});

test('a known source keeps its transforms when it moves to the front', () => {
  const own: Source = { xpath: 'title', transforms: ['trim'] };
  expect(pointedFirst([{ xpath: 'a' }, own], rate, to('title', 10))).toEqual([own]);
});

test('an empty field is left out', () => {
  const definition = withSources(blank('//job'), 'title', [{ xpath: 'name' }]);
  expect(definition.fields).toEqual({ title: [{ xpath: 'name' }] });
  expect(withSources(definition, 'title', []).fields).toEqual({});
});

test('a source that says nothing yet is not sent, and does not shift the others', () => {
  const list = [{ xpath: 'a' }, { xpath: ' ' }, { xpath: 'b' }];
  const definition = { ...withSources(blank('//job'), 'title', list), name: 'x' };
  expect(written(definition).fields).toEqual({ title: [{ xpath: 'a' }, { xpath: 'b' }] });
  expect([0, 1, 2, 3].map(n => placeOf(list, n))).toEqual([0, null, 1, null]);
  expect(readsAlike(definition, written(definition))).toBe(true);
});

test('a step beyond the end changes nothing', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
});

test('names and unsaid habits make no difference in reading', () => {
  const a = withSources(blank('//job'), 'title', [{ xpath: 'name' }]);
  const b = {
    ...a,
    name: 'other',
    feed_title: null,
    fields: { title: [{ xpath: 'name', pick: 'first' as const }] },
  };
  expect(readsAlike(a, b)).toBe(true);
  expect(readsAlike(a, withSources(b, 'title', [{ xpath: 'name', transforms: [] }]))).toBe(false);
});

test('every transform is made and taken apart again', () => {
  for (const kind of TRANSFORMS) {
    const made = transform(kind);
    expect(kindOf(made)).toBe(kind);
    expect(transform(kind, parameterOf(made))).toEqual(made);
  }
  expect(transform('trim')).toBe('trim');
  expect(transform('truncate', 80)).toEqual({ truncate: 80 });
});
