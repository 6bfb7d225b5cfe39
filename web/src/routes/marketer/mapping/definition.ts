import type { Definition, FieldRate, ItemField, Source, Suggestion } from '../../../api/contract.ts';

/** The fields as the screen lists them: what the card shows first. */
export const FIELDS = [
  'title',
  'link',
  'text',
  'image',
  'published',
  'author',
  'categories',
  'guid',
] as const satisfies ItemField[];

/** A definition that reads nothing yet. */
export const blank = (item_path = ''): Definition => ({ name: '', item_path, fields: {} });

export const sourcesOf = (definition: Definition, field: ItemField): Source[] =>
  definition.fields?.[field] ?? [];

const isWritten = (source: Source) => source.xpath.trim() !== '';

/** The sources that say something; one that was just added does not yet. The server only knows these. */
export const writtenOf = (definition: Definition, field: ItemField) =>
  sourcesOf(definition, field).filter(isWritten);

/** The definition without sources that say nothing yet. */
export const written = (definition: Definition): Definition =>
  FIELDS.reduce((now, field) => withSources(now, field, writtenOf(now, field)), definition);

/** The place that the server gives to the source at `n`; null when it does not know that source. */
export const placeOf = (sources: Source[], n: number): number | null =>
  sources[n] && isWritten(sources[n]) ? sources.slice(0, n).filter(isWritten).length : null;

/** The definition with other sources for a field; without any, the field is left out. */
export function withSources(definition: Definition, field: ItemField, sources: Source[]): Definition {
  const { [field]: _, ...others } = definition.fields ?? {};
  return { ...definition, fields: sources.length > 0 ? { ...others, [field]: sources } : others };
}

/**
 * What was pointed at comes first. When it does not fill every item, the sources behind it that gave something stay as
 * fallbacks; the others had their chance.
 */
export function pointedFirst(sources: Source[], rate: FieldRate | undefined, to: Suggestion): Source[] {
  const known = sources.find(source => source.xpath === to.xpath) ?? { xpath: to.xpath };
  if (to.filled >= to.items) return [known];
  const gave = (n: number) => rate?.from[placeOf(sources, n) ?? -1] ?? 0;
  const useful = sources.filter((source, n) => source !== known && gave(n) > 0);
  return [known, ...useful];
}

/** The list with one moved by a step up (-1) or down (1). */
export function moved<T>(list: T[], from: number, step: -1 | 1): T[] {
  const to = from + step;
  const [a, b] = [list[from], list[to]];
  if (a === undefined || b === undefined) return list;
  return list.map((one, i) => (i === from ? b : i === to ? a : one));
}

export const replaced = <T>(list: T[], at: number, by: T): T[] => list.map((one, i) => (i === at ? by : one));
export const withoutAt = <T>(list: T[], at: number): T[] => list.filter((_, i) => i !== at);

/** Whether two definitions read alike, whatever they are called. */
export const readsAlike = (a: Definition, b: Definition): boolean => reading(a) === reading(b);

/** Whether a field comes from the same places, among the same items. */
export const readsFieldAlike = (a: Definition, b: Definition, field: ItemField): boolean =>
  a.item_path === b.item_path && JSON.stringify(sources(a, field)) === JSON.stringify(sources(b, field));

const sources = (definition: Definition, field: ItemField) =>
  writtenOf(definition, field).map(({ xpath, pick, transforms }) => [
    xpath,
    pick ?? 'first',
    transforms ?? null,
  ]);

function reading(definition: Definition): string {
  const { item_path, feed_title, feed_link } = definition;
  const all = FIELDS.map(field => sources(definition, field));
  return JSON.stringify([item_path, feed_title ?? null, feed_link ?? null, all]);
}
