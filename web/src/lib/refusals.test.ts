import { expect, test } from 'vitest';
import { inWords } from './refusals.ts';

const problems = { 'host.invalid': '“{}” is geen host.', required: 'Vul dit in.' };

test.each([
  ['host.invalid', '"a b" is no host. Write it as in "example.com".', '“a b” is geen host.'],
  ['host.invalid', 'No quotes here', '“” is geen host.'],
  ['host.invalid', '"$&" is no host.', '“$&” is geen host.'],
  ['required', 'Fill "this" in.', 'Vul dit in.'],
  ['unknown', 'As "it" came.', 'As "it" came.'],
])('%s: %s', (code, detail, words) => {
  expect(inWords(problems, { code, detail })).toBe(words);
});
