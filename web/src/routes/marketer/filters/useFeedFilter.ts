import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { api, call, type Schemas } from '../../../api/client.ts';
import { mapQuery } from '../../../api/mapping.ts';
import { useToast } from '../../../components/Toast.tsx';
import { drop, keep, load } from '../../../lib/kept.ts';
import { useSettled } from '../../../lib/settled.ts';
import { brief, full, isComplete } from './rules.ts';
import type { Filter } from './shapes.ts';
import { useFilterText } from './texts.ts';

/** The filter being written; it is still there after a reload, unless the saved one became another meanwhile. */
export function useDraft(feed: Schemas['Feed']) {
  const name = draftName(feed.id);
  const [saved] = useState(brief(full(feed.filter ?? null)));
  const base = JSON.stringify(saved);
  const kept = load<{ base: string; filter: Filter | null }>(name);
  const [filter, setFilter] = useState(kept?.base === base ? kept.filter : saved);
  useEffect(() => {
    if (JSON.stringify(filter) === base) drop(name);
    else keep(name, { base, filter });
  }, [name, base, filter]);
  return [filter, setFilter] as const;
}

/** Forgets what was being written. */
export const dropDraft = (id: string) => drop(draftName(id));

const draftName = (id: string) => `filter.${id}`;

/** What the rules do, asked when they have settled and nothing in them is empty. */
export function useTrial(document: Schemas['Found'] | null, value: Filter | null) {
  const settled = useSettled(value);
  const { id, definition } = document ?? {};
  const trial = useQuery({
    ...mapQuery(id ?? '', definition as Schemas['Definition'], settled),
    enabled: Boolean(id && definition) && isComplete(settled),
  });
  // What was seen last stays in sight while the rules are wrong or unfinished.
  const [last, setLast] = useState(trial.data);
  if (trial.data && trial.data !== last) setLast(trial.data);
  return { mapped: last, error: trial.error };
}

/** Keeps the filter and goes back to the feed. */
export function useSave(id: string, filter: Filter | null) {
  const text = useFilterText();
  const show = useToast();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  return useMutation({
    mutationFn: () => call(api.PATCH('/feeds/{id}', { params: { path: { id } }, body: { filter } })),
    onSuccess: () => {
      dropDraft(id);
      show({ text: text.saved });
      void client.invalidateQueries({ queryKey: ['feeds'] });
      navigate(`/marketing/feeds/${id}`);
    },
  });
}
