import { expect, test } from 'vitest';
import { isStray } from './stray.ts';

const first = { on: 'make live', x: 100, y: 100, at: 1000 };

test.each([
  ['the same button', { ...first, at: 1100 }, false],
  ['another button in its place', { ...first, on: 'withdraw', at: 1250 }, true],
  ['the hand moved a little', { on: 'withdraw', x: 104, y: 97, at: 1250 }, true],
  ['after a pause', { ...first, on: 'withdraw', at: 1600 }, false],
  ['elsewhere', { on: 'withdraw', x: 160, y: 100, at: 1100 }, false],
])('%s', (_, now, stray) => {
  expect(isStray(first, now)).toBe(stray);
});

test('a first click is never stray', () => {
  expect(isStray(null, first)).toBe(false);
});
