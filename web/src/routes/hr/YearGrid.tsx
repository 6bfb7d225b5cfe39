// biome-ignore-all lint/a11y/noRedundantRoles: a phone lays the rows out as grids, and browsers then forget that they are a table
import { memo } from 'react';
import type { Schemas } from '../../api/client.ts';
import { Chip, type Tone } from '../../components/Chip.tsx';
import type { IconName } from '../../components/Icon.tsx';
import s from './HrYear.module.css';
import { missed, type Sort } from './rows.ts';
import { Scale, Strip } from './Strip.tsx';
import { useHrText } from './texts.ts';

type Row = Schemas['HrRow'];

const looks: Record<Row['state'], { tone: Tone; icon: IconName }> = {
  met: { tone: 'good', icon: 'check' },
  on_course: { tone: 'good', icon: 'check' },
  at_risk: { tone: 'warn', icon: 'alert' },
  cannot_reach: { tone: 'bad', icon: 'close' },
};

type Props = {
  year: Schemas['HrYear'];
  rows: Row[];
  sort: Sort;
  onSort: (sort: string) => void;
  onOpen: (id: string) => void;
};

/** A real table for the numbers, one drawn strip per row for the weeks. Its roles are said, as a phone restacks it. */
export function YearGrid({ year, rows, sort, onSort, onOpen }: Props) {
  const text = useHrText();
  const head = (column: Sort, label: string) => (
    <th
      role="columnheader"
      scope="col"
      aria-sort={
        sort === column ? (column === 'name' || column === 'team' ? 'ascending' : 'descending') : undefined
      }
    >
      <button
        type="button"
        className={s.sort}
        title={text.sortBy(label)}
        onClick={() => onSort(column === 'name' ? '' : column)}
      >
        {label}
        {sort === column && (
          <span aria-hidden="true">{column === 'name' || column === 'team' ? '↑' : '↓'}</span>
        )}
      </button>
    </th>
  );
  return (
    <table role="table" className={s.grid}>
      <thead role="rowgroup">
        <tr role="row">
          {head('name', text.columns.name)}
          <th role="columnheader" scope="col" className={s.wideOnly}>
            {text.columns.staff}
          </th>
          {head('team', text.columns.team)}
          {head('met', text.columns.met)}
          {head('missed', text.columns.missed)}
          <th role="columnheader" scope="col" className={s.weeks}>
            <span className="hush">{text.columns.weeks}</span>
            <Scale weeks={year.weeks} thisWeek={year.this_week ?? null} />
          </th>
          <th role="columnheader" scope="col">
            {text.columns.state}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(row => (
          <PersonRow key={row.person_id} row={row} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

const PersonRow = memo(function PersonRow({ row, onOpen }: { row: Row; onOpen: (id: string) => void }) {
  const text = useHrText();
  return (
    <tr role="row" className={s.row} data-person={row.person_id}>
      <th role="rowheader" scope="row" className={s.name}>
        <button
          type="button"
          className={s.open}
          aria-haspopup="dialog"
          title={text.why(row.name)}
          onClick={() => onOpen(row.person_id)}
        >
          {row.name}
        </button>
      </th>
      <td role="cell" className={s.wideOnly}>
        {row.staff_no}
      </td>
      <td role="cell" className={s.teamCell}>
        {row.team}
      </td>
      <td role="cell" className={s.n} data-label={text.columns.met}>
        {row.met}
      </td>
      <td role="cell" className={s.n} data-label={text.columns.missed}>
        {missed(row)}
      </td>
      <td role="cell" className={s.weeks}>
        <Strip weeks={row.weeks} />
      </td>
      <td role="cell" className={s.state}>
        <Chip {...looks[row.state]}>{text.standing[row.state]}</Chip>
      </td>
    </tr>
  );
});
