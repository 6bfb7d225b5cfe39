import type { OutlineNode } from '../../api/contract.ts';
import { type Loaded, ROOT, type Wanted } from './outline.ts';

/** Siblings of one name that all show; of a longer run one shows and stands for the others. */
export const RUN = 4;
/** How many more of a run show when they are asked for. */
export const MORE = 25;
/** Inside an item, elements with at most so many children are open from the start. */
const SMALL = 8;

/** What the reader opened, closed and unfolded, by key; the rest follows from the document. */
export type View = {
  opened: ReadonlyMap<string, boolean>;
  unfolded: ReadonlyMap<string, number>;
  /** Which of a run stands for the others, by the key of the run; the first when it is not said. */
  faces: ReadonlyMap<string, number>;
};

type Line =
  /** An element or a text; `open` is null when nothing is inside, `run` when it stands for itself only. */
  | { kind: 'node'; key: string; node: OutlineNode; run: string | null; open: boolean | null }
  /** The others of a run. */
  | { kind: 'more'; key: string; run: string; left: number }
  /** Children that are still to come. */
  | { kind: 'page'; key: string; wanted: Wanted; left: number };

export type Row = Line & { level: number; position: number; size: number; parent: string | null };

type Depth = { level: number; leads: boolean; inItem: number };

/**
 * The visible rows of a document, and what is missing for them. Keys say the way by names ("/rss/channel/item"), so
 * what is open stays open when another item comes to stand for its run.
 */
export function rowsOf(loaded: Loaded, view: View): { rows: Row[]; wanted: Wanted[] } {
  const rows: Row[] = [];
  const wanted: Wanted[] = [];
  const visit = (id: number, parent: string | null, { level, leads, inItem }: Depth) => {
    const children = loaded.get(id);
    if (!children) {
      wanted.push({ parent: id, after: 0 });
      return;
    }
    const lines = linesOf(id, parent ?? '', loaded, view, wanted);
    const leader = leads ? leaderOf(children.nodes) : null;
    for (const [index, line] of lines.entries()) {
      const place = { level, position: index + 1, size: lines.length, parent };
      if (line.kind !== 'node') {
        rows.push({ ...line, ...place });
        continue;
      }
      const { node } = line;
      const leading = node.name === leader && (line.run !== null || node.place === 1);
      const small = inItem > 0 && inItem < 3 && node.children <= SMALL;
      const open = node.children > 0 ? (view.opened.get(line.key) ?? (leading || small)) : null;
      rows.push({ ...line, ...place, open });
      if (!open) continue;
      const item = leading && node.of > 1;
      visit(node.id, line.key, {
        level: level + 1,
        leads: leading && !item,
        inItem: item || inItem > 0 ? inItem + 1 : 0,
      });
    }
  };
  visit(ROOT, null, { level: 1, leads: true, inItem: 0 });
  return { rows, wanted };
}

function linesOf(id: number, parent: string, loaded: Loaded, view: View, wanted: Wanted[]): Line[] {
  const { nodes, next, total } = loaded.get(id) ?? { nodes: [], next: null, total: 0 };
  const lines: Line[] = [];
  const done = new Set<string>();
  let folded = 0;
  const solo = (node: OutlineNode, key: string): Line => ({ kind: 'node', key, node, run: null, open: null });
  for (const node of nodes) {
    const run = `${parent}/${node.kind === 'text' ? 'text()' : node.name}`;
    if (node.of <= RUN) {
      lines.push(solo(node, node.of > 1 ? `${run}[${node.place}]` : run));
      continue;
    }
    if (done.has(run)) continue;
    done.add(run);
    const members = nodes.filter(other => other.name === node.name && other.kind === node.kind);
    folded += node.of - members.length;
    const most = view.unfolded.get(run) ?? 0;
    const face = view.faces.get(run) ?? 1;
    const missing = most > 0 ? members.length < Math.min(most, node.of) : members.length < face;
    if (missing && next !== null) wanted.push({ parent: id, after: nodes.length });
    if (most > 0) {
      const some = members.slice(0, most);
      lines.push(...some.map(one => solo(one, `${run}[${one.place}]`)));
      if (node.of > some.length)
        lines.push({ kind: 'more', key: `${run}…`, run, left: node.of - some.length });
    } else {
      const one = members.find(member => member.place === face) ?? node;
      lines.push({ kind: 'node', key: run, node: one, run, open: null });
      lines.push({ kind: 'more', key: `${run}…`, run, left: node.of - 1 });
    }
  }
  const left = next === null ? 0 : total - nodes.length - folded;
  if (left > 0)
    lines.push({ kind: 'page', key: `${parent}/…`, wanted: { parent: id, after: nodes.length }, left });
  return lines;
}

/** The name of the child that leads to the items: the most repeated one, else the one with most inside. */
function leaderOf(nodes: OutlineNode[]): string | null {
  const weight = (node: OutlineNode) => (node.of > 1 ? node.of * 1e6 : 0) + node.children;
  let best: OutlineNode | null = null;
  for (const node of nodes) if (node.children > 0 && (!best || weight(node) > weight(best))) best = node;
  return best?.name ?? null;
}
