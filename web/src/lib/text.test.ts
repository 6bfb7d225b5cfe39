import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FOLD, fold, orderCaptions, type Page, pieces, wireLength } from './text.ts';

test('reserved characters count double, others once', () => {
  expect(wireLength('plain text!')).toBe(11);
  expect(wireLength('(a) b_c')).toBe(7 + 3);
  expect(wireLength('👍')).toBe(1);
});

test('a text counts as the server counts it', () => {
  const vectors: { text: string; page?: Page; length: number }[] = JSON.parse(
    readFileSync('../core/tests-data/little_text.json', 'utf8'),
  );
  expect(vectors.length).toBeGreaterThan(5);
  for (const { text, page, length } of vectors) expect(wireLength(text, page), text).toBe(length);
});

test('hashtags stand alone and hold a letter', () => {
  const tags = (text: string) =>
    pieces(text)
      .filter(piece => piece.kind === 'tag')
      .map(piece => piece.text);
  expect(tags('#trots op #2026 en #co2_neutraal, niet a#b of (#c) of #é! ##')).toEqual([
    '#trots',
    '#co2_neutraal',
    '#é',
  ]);
  expect(tags(`#${'x'.repeat(65)}`)).toEqual([]);
  expect(pieces('a #b')).toEqual([
    { text: 'a ', kind: 'text' },
    { text: '#b', kind: 'tag' },
  ]);
});

test('the page is mentioned where its whole name stands alone', () => {
  const page = { name: 'Acme BV', urn: 'urn:li:organization:7' };
  const mentions = (text: string) => pieces(text, page).filter(piece => piece.kind === 'mention').length;
  expect(['Ik werk bij @Acme BV.', '(@Acme BV)', '@Acme BV @Acme BV'].map(mentions)).toEqual([1, 1, 2]);
  expect(['@acme bv', '@Acme', 'Acme BV', 'mail@Acme BV', '@Acme BVs'].map(mentions)).toEqual([
    0, 0, 0, 0, 0,
  ]);
});

test('a short text is not folded', () => {
  expect(fold('Proud of our team')).toEqual({ shown: 'Proud of our team', folded: false });
});

test('a long text folds at a word', () => {
  const { shown, folded } = fold('word '.repeat(100));
  expect(folded).toBe(true);
  expect(shown.length).toBeLessThanOrEqual(FOLD);
  expect(shown.endsWith('word')).toBe(true);
});

test('many short lines fold too', () => {
  expect(fold('1\n2\n3\n4\n5\n6')).toEqual({ shown: '1\n2\n3\n4\n5', folded: true });
});

test('own language first, rotation keeps every caption', () => {
  const captions = [
    { id: 'a', language: 'nl', text: '' },
    { id: 'b', language: 'en', text: '' },
    { id: 'c', language: 'nl', text: '' },
  ];
  const starts = new Set<string | undefined>();
  for (let i = 0; i < 20; i++) {
    const order = orderCaptions(captions, 'nl', `person ${i}`);
    expect(order.map(caption => caption.id).sort()).toEqual(['a', 'b', 'c']);
    expect(order[2]?.id).toBe('b');
    starts.add(order[0]?.id);
  }
  expect(starts).toEqual(new Set(['a', 'c']));
});
