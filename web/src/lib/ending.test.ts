import { expect, test } from 'vitest';
import type { Schemas } from '../api/client.ts';
import { ending, outlived } from './ending.ts';

const connection = (state: string, days_left: number | null, expires_at: string | null = null) =>
  ({ network: 'linkedin', state, days_left, expires_at }) as Schemas['Connection'];

test.each([
  ['works', 60, false],
  ['works', 15, false],
  ['works', 14, true],
  ['works', 1, true],
  ['works', null, false],
  ['expired', 0, true],
  ['revoked', 40, true],
  ['none', null, false],
])('%s with %s days left', (state, days, news) => {
  expect(ending(connection(state, days))).toBe(news);
});

test('a share after the end is told, and only then', () => {
  const own = [connection('works', 3, '2026-12-03T08:00:00Z')];
  const told = [{ network: 'linkedin', expires_at: '2026-12-03T08:00:00Z' }];
  expect(outlived(own, '2026-12-03T07:59:00Z')).toEqual([]);
  expect(outlived(own, '2026-12-03T08:00:00Z')).toEqual(told);
  expect(outlived(own, null)).toEqual([]);
  expect(outlived([connection('works', null)], '2026-12-03T08:00:00Z')).toEqual([]);
  expect(outlived([connection('expired', 0, '2026-12-03T08:00:00Z')], '2026-12-04T08:00:00Z')).toEqual([]);
});
