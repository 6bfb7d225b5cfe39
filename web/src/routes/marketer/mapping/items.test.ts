import { expect, test } from 'vitest';
import type { Card, Mapped } from '../../../api/contract.ts';
import { blank, withSources } from './definition.ts';
import { gapsOf, readsWell, stretches } from './items.ts';

const card = (part: Partial<Card>) => ({ key: '', line: 1, categories: [], ...part }) as Card;
const rate = (field: 'title' | 'link' | 'image' | 'author', filled: number) => ({
  field,
  filled,
  from: [filled],
});
const mapped = (cards: Card[], rates: Mapped['rates']): Mapped => ({
  items: cards.length,
  cards,
  rates,
  counts: { pass: cards.length, dropped: 0, held: 0 },
  repairs: [],
});

test('gaps are of title, link and what some items have', () => {
  const cards = [card({ title: 'a', link: 'b', image: 'c' }), card({ title: 'a' })];
  const sources = [{ xpath: 'x' }];
  const definition = withSources(withSources(blank('//i'), 'image', sources), 'author', sources);
  const rates = [rate('title', 2), rate('link', 1), rate('image', 1), rate('author', 0)];
  expect(gapsOf(mapped(cards, rates), definition)).toEqual([[], ['link', 'image']]);
});

test('it reads well when there are items, all with title and link', () => {
  const cards = [card({}), card({})];
  expect(readsWell(mapped(cards, [rate('title', 2), rate('link', 2)]))).toBe(true);
  expect(readsWell(mapped(cards, [rate('title', 2), rate('link', 1)]))).toBe(false);
  expect(readsWell(mapped(cards, [rate('title', 2)]))).toBe(false);
  expect(readsWell(mapped([], [rate('title', 0), rate('link', 0)]))).toBe(false);
});

test('equal cells in a row are one stretch', () => {
  const filled = [true, true, false, true, false, false];
  expect(stretches(filled, true)).toEqual([
    [0, 2],
    [3, 4],
  ]);
  expect(stretches(filled, false)).toEqual([
    [2, 3],
    [4, 6],
  ]);
  expect(stretches([], true)).toEqual([]);
});
