import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useLocation } from 'wouter';
import { api, call, type Schemas } from '../../../api/client.ts';
import { useToast } from '../../../components/Toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useFormat } from '../../../lib/format.ts';
import { dropDraft, keepDraft } from './draft.ts';

/**
 * Shares a post, then offers to undo for as long as the server waits. The key is made once per opened dialog, so a
 * second tap or a retry after a lost answer is the same share, never another one. What was undone keeps its words.
 */
export function useShare(post: Schemas['OfferedPost'], onShared: () => void) {
  const text = useText();
  const format = useFormat();
  const show = useToast();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const idempotency_key = useRef(crypto.randomUUID()).current;
  const refresh = () => {
    for (const queryKey of [['posts'], ['post'], ['shares'], ['year']])
      void client.invalidateQueries({ queryKey });
  };
  const undo = useMutation({
    mutationFn: (id: string) => call(api.POST('/shares/{id}/cancel', { params: { path: { id } } })),
    onSuccess: share => {
      keepDraft(post.id, { text: share.text, at: '' });
      show({ text: text.share.undone });
    },
    onError: () => show({ text: text.share.undoLate, tone: 'bad' }),
    onSettled: refresh,
  });
  return useMutation({
    mutationFn: (body: { text: string; run_at: string | null }) =>
      call(
        api.POST('/shares', {
          body: { ...body, post_id: post.id, network: 'linkedin', idempotency_key },
        }),
      ),
    onSuccess: share => {
      dropDraft(post.id);
      onShared();
      refresh();
      if (share.undo_until) {
        show({
          text: text.share.toastNow,
          until: Date.parse(share.undo_until),
          action: { label: text.share.undo, run: () => undo.mutate(share.id) },
        });
      } else {
        show({
          text: text.share.toastPlanned(format.moment(share.run_at)),
          action: { label: text.share.view, run: () => navigate('/shares') },
        });
      }
    },
    onError: refresh,
  });
}
