import type { Card, Definition, ItemField, Mapped } from '../../../api/contract.ts';
import { FIELDS, sourcesOf } from './definition.ts';

/** Whether a card has a value for a field; the identifier is not on the card. */
export function has(card: Card, field: Exclude<ItemField, 'guid'>): boolean {
  const value = card[field];
  return Array.isArray(value) ? value.length > 0 : value != null && value !== '';
}

/** The fields whose gaps matter: those that were pointed at, and always title and link. */
export const watched = (definition: Definition) =>
  FIELDS.filter(
    (field): field is Exclude<ItemField, 'guid'> =>
      field !== 'guid' && (field === 'title' || field === 'link' || sourcesOf(definition, field).length > 0),
  );

/** For each card what it lacks of title, link and whatever else some items have. */
export function gapsOf(mapped: Mapped, definition: Definition): ItemField[][] {
  const some = (field: ItemField) => mapped.rates.some(rate => rate.field === field && rate.filled > 0);
  const fields = watched(definition).filter(field => field === 'title' || field === 'link' || some(field));
  return mapped.cards.map(card => fields.filter(field => !has(card, field)));
}

/** Runs of equal values: `[from, to)` of every stretch without a value. */
export function stretches(filled: boolean[], wanted: boolean): [number, number][] {
  const found: [number, number][] = [];
  for (let from = 0; from < filled.length; from++) {
    if (filled[from] !== wanted) continue;
    let to = from + 1;
    while (to < filled.length && filled[to] === wanted) to++;
    found.push([from, to]);
    from = to;
  }
  return found;
}

/** Whether a reading can go out as it is: items, and all of them with a title and a link. */
export const readsWell = (mapped: Mapped) =>
  mapped.items > 0 &&
  (['title', 'link'] as const).every(
    field => mapped.rates.find(rate => rate.field === field)?.filled === mapped.items,
  );
