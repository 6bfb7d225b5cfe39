import type { Row } from './rows.ts';

/** A row, or one attribute of it: what has the focus. */
export type Spot = { row: string; attribute: string | null };

type Move = { focus: Spot } | { open: string; value: boolean } | null;

const attributesOf = (row: Row) => (row.kind === 'node' ? row.node.attributes.map(one => one.name) : []);
const at = (row: Row | undefined, attribute: string | null = null): Move =>
  row ? { focus: { row: row.key, attribute } } : null;

/**
 * What a key does in the tree. Up and down go by row; right opens a row, then walks its attributes, then goes inside;
 * left walks back, closes, and goes to the parent; a letter finds the next name that begins with it.
 */
export function move(rows: Row[], spot: Spot, key: string): Move {
  const index = rows.findIndex(row => row.key === spot.row);
  const row = rows[index];
  if (!row) return at(rows[0]);
  const attributes = attributesOf(row);
  const chosen = spot.attribute === null ? -1 : attributes.indexOf(spot.attribute);
  switch (key) {
    case 'ArrowDown':
      return at(rows[index + 1]);
    case 'ArrowUp':
      return at(rows[index - 1]);
    case 'Home':
      return at(rows[0]);
    case 'End':
      return at(rows.at(-1));
    case 'ArrowRight': {
      if (row.kind !== 'node') return null;
      if (chosen < 0 && row.open === false) return { open: row.key, value: true };
      const next = attributes[chosen + 1];
      if (next !== undefined) return at(row, next);
      return row.open ? at(rows[index + 1]) : null;
    }
    case 'ArrowLeft': {
      if (chosen >= 0) return at(row, attributes[chosen - 1] ?? null);
      if (row.kind === 'node' && row.open) return { open: row.key, value: false };
      return at(rows.find(other => other.key === row.parent));
    }
    default: {
      if (key.length !== 1 || key === ' ') return null;
      const begins = (other: Row) =>
        other.kind === 'node' && local(other.node.name).startsWith(key.toLowerCase());
      return at([...rows.slice(index + 1), ...rows.slice(0, index)].find(begins));
    }
  }
}

const local = (name: string) => name.slice(name.indexOf(':') + 1).toLowerCase();
