import { expect, test } from 'vitest';
import { nl } from './filters.ts';
import { fault } from './reasons.ts';

test.each([
  ['the pattern (oper[ is not valid: unclosed character class', 'Een [ wordt niet gesloten.'],
  ['the pattern ( is not valid: unclosed group', 'Een ( wordt niet gesloten.'],
  ['the pattern is longer than 256 bytes', 'Het is langer dan 256 bytes.'],
  ['something new', 'Something new.'],
])('%s', (reason, dutch) => {
  expect(nl.faults['filter.pattern']?.(`This pattern cannot be used: ${reason}.`, 1)).toBe(
    `Dit patroon klopt niet. ${dutch}`,
  );
});

test('a pattern of a transform is said in Dutch too', () => {
  expect(fault('The pattern (oper[ is not valid: unclosed character class.')).toBe(
    'Het patroon (oper[ klopt niet: een [ wordt niet gesloten.',
  );
});
