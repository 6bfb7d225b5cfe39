import { expect, test } from 'vitest';
import { byMonth, ranges } from './weeks.ts';

const year = (first: string, count: number) =>
  Array.from({ length: count }, (_, i) => {
    const start = new Date(`${first}T00:00:00Z`);
    start.setUTCDate(start.getUTCDate() + 7 * i);
    const starts_on = start.toISOString().slice(0, 10);
    return {
      week: i + 1,
      starts_on,
      ends_on: starts_on,
      state: 'future' as const,
      shares: [],
      why: 'future',
    };
  });

test('the 53 weeks of 2026 fall in twelve months', () => {
  const months = byMonth(year('2025-12-29', 53));
  expect(months.map(month => month.month)).toHaveLength(12);
  expect(months[0]?.month).toBe('2026-01-01');
  expect(months.map(month => month.weeks.length)).toEqual([5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 5]);
});

test('runs of weeks are written short', () => {
  expect(ranges('mmxmxxmm', 'm')).toBe('1–2, 4, 7–8');
  expect(ranges('fff', 'm')).toBe('');
});
