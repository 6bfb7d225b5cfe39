import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call, type Schemas } from '../../../api/client.ts';
import { useToast } from '../../../components/Toast.tsx';
import { useMarketerText } from '../texts.ts';

/** Changes to one feed; the lists follow. */
export function useFeedActions(id: string) {
  const text = useMarketerText();
  const show = useToast();
  const client = useQueryClient();
  const params = { path: { id } };
  const onSettled = () => client.invalidateQueries({ queryKey: ['feeds'] });
  return {
    patch: useMutation({
      mutationFn: (body: Schemas['FeedChange']) => call(api.PATCH('/feeds/{id}', { params, body })),
      onSuccess: (_, { definition }) => {
        // Another reading is another set of items.
        if (definition)
          for (const queryKey of [['items'], ['trail'], ['definitions']])
            void client.invalidateQueries({ queryKey });
      },
      onSettled,
    }),
    poll: useMutation({
      mutationFn: () => call(api.POST('/feeds/{id}/poll', { params })),
      onSuccess: () => show({ text: text.feeds.polling }),
      onSettled,
    }),
    shape: useMutation({
      mutationFn: () => call(api.POST('/feeds/{id}/shape', { params })),
      onSuccess: () => show({ text: text.feeds.accepted }),
      onSettled,
    }),
    remove: useMutation({
      mutationFn: () => call(api.DELETE('/feeds/{id}', { params })),
      onSuccess: () => show({ text: text.feed.removed }),
      onSettled,
    }),
  };
}
