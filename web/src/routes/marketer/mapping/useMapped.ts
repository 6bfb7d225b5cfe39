import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Definition, Filter, ItemField, Mapped } from '../../../api/contract.ts';
import { mapQuery } from '../../../api/mapping.ts';
import { useSettled } from '../../../lib/settled.ts';
import { isComplete } from '../filters/rules.ts';
import { readsFieldAlike, written } from './definition.ts';
import { faultsOf, fieldFault } from './faults.ts';

/** Milliseconds without a change before the server is asked. */
const PAUSE = 120;

/** Everything that the definition makes of the document, live: the last good answer stays until the next one is here. */
export function useMapped(document: string, definition: Definition, filter: Filter | null) {
  const settled = useSettled(definition, PAUSE);
  const asked = useMemo(() => written(settled), [settled]);
  const settledFilter = useSettled(filter, PAUSE);
  // Rules that are still being written wait; what they did before stays in sight.
  const [rules, setRules] = useState(settledFilter);
  if (settledFilter !== rules && isComplete(settledFilter)) setRules(settledFilter);
  const { data, error, isFetching } = useQuery(mapQuery(document, asked, rules));
  const [last, setLast] = useState<{ mapped: Mapped; of: Definition }>();
  if (data && data !== last?.mapped) setLast({ mapped: data, of: asked });
  const faults = faultsOf(error);
  return {
    mapped: definition.item_path.trim() === '' ? undefined : (data ?? last?.mapped),
    error,
    faults,
    /** Whether what is known of a field is not what it gives now: something is wrong, and it is not what it was. */
    outdated: (field: ItemField) =>
      faults.length > 0 &&
      (fieldFault(faults, field) !== undefined || !last || !readsFieldAlike(last.of, asked, field)),
    waiting: isFetching || settled !== definition || settledFilter !== filter,
  };
}
