import { expect, test } from 'vitest';
import { toInstant, toLocal } from './zone.ts';

const zone = 'Europe/Amsterdam';

test.each([
  ['2026-01-15T09:00', '2026-01-15T08:00:00.000Z'],
  ['2026-07-15T09:00', '2026-07-15T07:00:00.000Z'],
  ['2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
  ['2026-03-29T02:30', '2026-03-29T01:30:00.000Z'], // skipped hour: 03:30 summer time
  ['2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
  ['2026-10-25T02:30', '2026-10-25T00:30:00.000Z'], // repeated hour: the first one
  ['2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
])('%s in Amsterdam is %s', (local, instant) => {
  expect(toInstant(local, zone).toISOString()).toBe(instant);
});

test('wall time and back, all over a year', () => {
  for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 5.5 * 3_600_000) {
    const local = toLocal(new Date(at), zone);
    expect(toLocal(toInstant(local, zone), zone)).toBe(local);
  }
});
