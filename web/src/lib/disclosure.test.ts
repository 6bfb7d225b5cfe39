import { expect, test } from 'vitest';
import { missingLine, withLine } from './disclosure.ts';

const line = 'I work at Acme.';

test.each([
  ['Look', 'Look\n\nI work at Acme.'],
  ['Look\n\nI work at Acme.', 'Look\n\nI work at Acme.'],
  ['Look. I work at Acme. ', 'Look. I work at Acme. '],
  ['I work at Acme.', 'I work at Acme.'],
  ['I work at Acme. Look', 'I work at Acme. Look\n\nI work at Acme.'],
  ['HAI work at Acme.', 'HAI work at Acme.\n\nI work at Acme.'],
  ['α\u0345I work at Acme.', 'α\u0345I work at Acme.\n\nI work at Acme.'],
  ['', 'I work at Acme.'],
])('%s', (text, goesOut) => {
  expect(withLine(text, missingLine(text, line))).toBe(goesOut);
});

test('without a line a text stays as it is', () => {
  expect(withLine('Look', missingLine('Look', null))).toBe('Look');
});
