import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useLocation } from 'wouter';
import { createDefinition, followFeed } from '../../../api/mapping.ts';
import { useToast } from '../../../components/Toast.tsx';
import { useOnce } from '../../../lib/once.ts';
import { readsAlike, written } from '../mapping/definition.ts';
import { useMarketerText } from '../texts.ts';
import { type Draft, dropDraft } from './draft.ts';

/** Whether the feed is read in another way than Klaroen proposed, so that it needs a definition of its own. */
export const needsDefinition = ({ found, definition }: Draft) =>
  !found.definition || !readsAlike(found.definition, definition);

/** Follows the feed of a draft: a definition of its own first, when it needs one. */
export function useFollow(draft: Draft, name: string) {
  const text = useMarketerText().add;
  const show = useToast();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  // A second try does not make the definition again.
  const made = useRef<string | null>(null);
  return useOnce({
    mutationFn: async () => {
      const { found, definition, filter, settings, offer } = draft;
      let reading = found.definition?.name ?? null;
      if (needsDefinition(draft)) {
        if (made.current !== name) await createDefinition({ ...written(definition), name });
        made.current = name;
        reading = name;
      }
      return followFeed({
        address: found.address,
        document: found.id,
        definition: reading,
        filter,
        offer,
        ...settings,
      });
    },
    onSuccess: feed => {
      dropDraft(draft.found.id);
      show({ text: text.followed });
      for (const queryKey of [['feeds'], ['library'], ['posts'], ['definitions']])
        void client.invalidateQueries({ queryKey });
      navigate(`/marketing/feeds/${feed.id}`);
    },
  });
}
