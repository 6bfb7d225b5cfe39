import { useMemo } from 'react';
import type { Loaded } from '../../../components/XmlTree/outline.ts';
import { ROOT } from '../../../components/XmlTree/outline.ts';
import { FIELDS, writtenOf } from './definition.ts';
import { Mirror, spotKey } from './mirror.ts';
import { type Target, useMapping } from './useMapping.ts';

/** A field that reads this place; a fallback when something before it gave the value of every item so far. */
export type Mark = { target: Target; first: boolean };

/** Which of the places on the screen are read, and as what, by the key of the place. */
export function useMarks(loaded: Loaded): { marks: Map<string, Mark[]>; items: number[] } {
  const { found, definition, mapped } = useMapping();
  const mirror = useMemo(() => new Mirror(loaded, ROOT, found.namespaces), [loaded, found.namespaces]);
  return useMemo(() => {
    const marks = new Map<string, Mark[]>();
    const add = (key: string, mark: Mark) => {
      const here = marks.get(key) ?? [];
      if (!here.some(one => one.target === mark.target)) marks.set(key, [...here, mark]);
    };
    const items = definition.item_path ? mirror.items(definition.item_path) : [];
    const rates = new Map(mapped?.rates.map(rate => [rate.field, rate.from]));
    for (const item of items) {
      add(spotKey(item, null), { target: 'items', first: true });
      if (!mirror.shows(item)) continue;
      for (const field of FIELDS) {
        const from = rates.get(field) ?? [];
        const best = from.findIndex(gave => gave > 0);
        for (const [n, { xpath }] of writtenOf(definition, field).entries()) {
          if ((from[n] ?? 0) === 0) continue;
          for (const key of mirror.spots(item, xpath)) add(key, { target: field, first: n === best });
        }
      }
    }
    return { marks, items };
  }, [mirror, definition, mapped]);
}
