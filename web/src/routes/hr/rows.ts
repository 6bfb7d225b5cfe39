import type { Schemas } from '../../api/client.ts';

type Row = Schemas['HrRow'];
export type Sort = 'name' | 'team' | 'met' | 'missed';
export type Filter = { q: string; team: string; state: string; sort: Sort };

/** The rows that match, in the wanted order; ties by name. Most met or most missed first. */
export function selectRows(rows: Row[], { q, team, state, sort }: Filter): Row[] {
  const needle = q.trim().toLowerCase();
  const hits = rows.filter(
    row =>
      (!team || row.team === team) &&
      (!state || row.state === state) &&
      (!needle || row.name.toLowerCase().includes(needle) || row.staff_no?.toLowerCase().includes(needle)),
  );
  const by: Record<Sort, (a: Row, b: Row) => number> = {
    name: () => 0,
    team: (a, b) => (a.team ?? '').localeCompare(b.team ?? ''),
    met: (a, b) => b.met - a.met,
    missed: (a, b) => missed(b) - missed(a),
  };
  return hits.sort((a, b) => by[sort](a, b) || a.name.localeCompare(b.name, undefined, { numeric: true }));
}

/** Weeks that were missed for good; the week that is still open is not one of them. */
export const missed = (row: Row) => [...row.weeks].filter(letter => letter === 'x').length;

/** How many people stand where. */
export function countStates(rows: Row[]): Record<Schemas['HrRow']['state'], number> {
  const counts = { met: 0, on_course: 0, at_risk: 0, cannot_reach: 0 };
  for (const row of rows) counts[row.state]++;
  return counts;
}
