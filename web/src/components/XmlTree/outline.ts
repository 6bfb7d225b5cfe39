import type { OutlineNode, OutlinePage } from '../../api/contract.ts';

/** Stands for the document itself, whose only child is the root element. */
export const ROOT = -1;

/** The children of one node that are here so far. */
export type Children = { nodes: OutlineNode[]; next: number | null; total: number };

/** What is here of a document, by the number of the parent. */
export type Loaded = ReadonlyMap<number, Children>;

/** A part that is not here yet. */
export type Wanted = { parent: number; after: number };

/** Puts a page where it belongs; one that came twice changes nothing. */
export function withPage(loaded: Loaded, { parent, after }: Wanted, page: OutlinePage): Loaded {
  const before = loaded.get(parent)?.nodes ?? [];
  if (before.length !== after) return loaded;
  const nodes = [...before, ...page.nodes];
  return new Map(loaded).set(parent, { nodes, next: page.next ?? null, total: totalOf(loaded, parent) });
}

function totalOf(loaded: Loaded, parent: number): number {
  if (parent === ROOT) return 1;
  for (const { nodes } of loaded.values()) {
    const found = nodes.find(node => node.id === parent);
    if (found) return found.children;
  }
  return 0;
}
