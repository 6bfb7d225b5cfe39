import { expect, test } from 'vitest';
import { allNetworks } from '../../lib/networks.ts';
import { byHandOnly, unproven } from './proofs.ts';

test.each([
  { proofs: [], words: [], hands: [] },
  { proofs: ['A'] as const, words: ['whatsapp', 'email'], hands: ['x', 'facebook', 'threads', 'xing'] },
  { proofs: ['B'] as const, words: ['whatsapp', 'email'], hands: [] },
  { proofs: ['A', 'B'] as const, words: ['whatsapp', 'email'], hands: [] },
  { proofs: ['A', 'C'] as const, words: [], hands: [] },
  { proofs: ['C'] as const, words: [], hands: [] },
])('with $proofs it is said where nobody can earn anything', ({ proofs, words, hands }) => {
  expect(unproven(allNetworks, [...proofs])).toEqual(words);
  expect(byHandOnly(allNetworks, [...proofs])).toEqual(hands);
});

test('networks that do not count are not named', () => {
  expect(unproven(['linkedin'], ['A'])).toEqual([]);
  expect(byHandOnly(['linkedin', 'x'], ['A'])).toEqual(['x']);
});
