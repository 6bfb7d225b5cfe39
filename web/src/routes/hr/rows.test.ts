import { expect, test } from 'vitest';
import type { Schemas } from '../../api/client.ts';
import { countStates, missed, selectRows } from './rows.ts';

const row = (
  name: string,
  weeks: string,
  team: string,
  state: Schemas['HrRow']['state'],
): Schemas['HrRow'] => ({
  person_id: name,
  name,
  staff_no: `P${name.slice(-1)}`,
  team,
  met: [...weeks].filter(letter => letter === 'm').length,
  open_or_missed: 0,
  state,
  weeks,
});
const rows = [
  row('Employee 10', 'mmxo', 'Sales', 'at_risk'),
  row('Employee 2', 'mmmo', 'Support', 'on_course'),
  row('Employee 3', 'xxmo', 'Sales', 'cannot_reach'),
];
const all = { q: '', team: '', state: '', sort: 'name' as const };

test('names sort as people count', () => {
  expect(selectRows(rows, all).map(one => one.name)).toEqual(['Employee 2', 'Employee 3', 'Employee 10']);
});

test('filters combine', () => {
  expect(selectRows(rows, { ...all, team: 'Sales', q: ' p3 ' }).map(one => one.name)).toEqual(['Employee 3']);
  expect(selectRows(rows, { ...all, state: 'on_course', team: 'Sales' })).toEqual([]);
});

test('most missed first, the open week is not missed', () => {
  expect(selectRows(rows, { ...all, sort: 'missed' }).map(missed)).toEqual([2, 1, 0]);
});

test('counts by standing', () => {
  expect(countStates(rows)).toEqual({ met: 0, on_course: 1, at_risk: 1, cannot_reach: 1 });
});
