import type { Schemas } from '../../../api/client.ts';

export type Entry = Schemas['ListedFeed'];

/** The entries by group, in the order of the list; those without a group come last. */
export function byGroup<E extends { group?: string | null | undefined }>(
  entries: E[],
): { group: string | null; entries: E[] }[] {
  const names = [...new Set(entries.map(entry => entry.group || null))].sort(
    (a, b) => Number(a === null) - Number(b === null),
  );
  return names.map(group => ({ group, entries: entries.filter(entry => (entry.group || null) === group) }));
}

/** The text of a file in the charset that its first line names, else UTF-8. */
export async function readText(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  const head = new TextDecoder('latin1').decode(bytes.slice(0, 200));
  const named = /^[^>]*encoding=["']([\w.:-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(named).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

type Polled = Pick<Schemas['Feed'], 'last_polled_at' | 'error'>;

/** How far the first polls are: those that went well, those that did not, and those that still wait. */
export function progressOf<F extends Polled>(feeds: F[]): { good: F[]; bad: F[]; waiting: F[] } {
  return {
    bad: feeds.filter(feed => feed.error),
    good: feeds.filter(feed => !feed.error && feed.last_polled_at),
    waiting: feeds.filter(feed => !feed.error && !feed.last_polled_at),
  };
}
