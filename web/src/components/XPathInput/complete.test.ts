import { expect, test } from 'vitest';
import { complete, completions } from './complete.ts';

const names = [
  { name: 'title', count: 16 },
  { name: 'media:thumbnail', count: 15 },
  { name: '@url', count: 15 },
  { name: 'media:title', count: 15 },
];
const offered = (text: string, caret = text.length) => completions(names, text, caret).map(one => one.text);

test.each([
  ['nothing written: everything there is', '', ['title', 'media:thumbnail', '@url', 'media:title']],
  ['names that begin so come before those that go on so', 'ti', ['title', 'media:title']],
  ['with a prefix', 'media:', ['media:thumbnail', 'media:title']],
  ['without case', 'MEDIA:TH', ['media:thumbnail']],
  ['attributes', 'media:thumbnail/@', ['@url']],
  ['after a slash anything may follow', 'group/', ['title', 'media:thumbnail', '@url', 'media:title']],
  ['functions from two letters on', 'starts', ['starts-with(']],
  ['not in a text', "contains(title, 'ti", []],
  ['not when it is all there', 'media:thumbnail', []],
])('%s', (_, text, expected) => {
  expect(offered(text)).toEqual(expected);
});

test('a completion takes the place of the word at the caret', () => {
  expect(complete('media:group/th', 14, 'media:thumbnail')).toEqual({
    text: 'media:group/media:thumbnail',
    caret: 27,
  });
  expect(complete('tit[1]', 2, 'title')).toEqual({ text: 'title[1]', caret: 5 });
  expect(complete('a | ', 4, '@url')).toEqual({ text: 'a | @url', caret: 8 });
});
