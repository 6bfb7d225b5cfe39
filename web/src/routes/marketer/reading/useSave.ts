import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Definition } from '../../../api/contract.ts';
import {
  changeDefinition,
  changeFeed,
  createDefinition,
  tryForAll,
  tryForFeed,
} from '../../../api/mapping.ts';
import { useOnce } from '../../../lib/once.ts';

/** A definition that is being edited: a built-in one of a feed, which gets its own, or one with a version. */
export type Base = { name: string } & (
  | { built_in: true; feed: string }
  | { built_in: false; version: number }
);

/** What a change would do; asked anew each time the dialog opens. */
export const useTrials = (base: Base, definition: Definition) =>
  useQuery({
    queryKey: ['trials', base, definition],
    gcTime: 0,
    staleTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    queryFn: async () =>
      base.built_in ? [await tryForFeed(base.feed, definition)] : await tryForAll(base.name, definition),
  });

/** Saves the change: a definition of its own for the feed of a built-in one, a new version of any other. */
export function useSave(base: Base, definition: Definition, onSaved: () => void) {
  const client = useQueryClient();
  // A second try does not make the definition again.
  const made = useRef<string | null>(null);
  return useOnce({
    mutationFn: async ({ name, accept }: { name: string; accept: boolean }) => {
      if (!base.built_in) {
        await changeDefinition(base.name, { definition, version: base.version, accept });
        return;
      }
      if (made.current !== name) await createDefinition({ ...definition, name });
      made.current = name;
      await changeFeed(base.feed, { definition: name });
    },
    onSuccess: () => {
      for (const queryKey of [['feeds'], ['definitions'], ['items'], ['trail']])
        void client.invalidateQueries({ queryKey });
      onSaved();
    },
  });
}
