import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { api, call, type Schemas } from '../../../api/client.ts';
import { useToast } from '../../../components/Toast.tsx';
import { useLang, useText } from '../../../i18n/index.tsx';
import { useFormat } from '../../../lib/format.ts';
import { listed, type Network } from '../../../lib/networks.ts';
import { dropDraft, keepDraft } from './draft.ts';

type Order = { text: string; run_at: string | null; networks: Network[]; asPicture: boolean };

/**
 * Shares a post on each chosen network, then offers to undo for as long as the server waits. A key is made once per
 * opened dialog and network, so a second tap or a retry after a lost answer is the same share, never another one. What
 * was undone keeps its words and looks. `failedAt` is the network that said no.
 */
export function useShare(post: Schemas['OfferedPost'], onShared: () => void) {
  const text = useText();
  const format = useFormat();
  const { lang } = useLang();
  const show = useToast();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const keys = useRef(new Map<Network, string>()).current;
  const [failedAt, setFailedAt] = useState<Network>();
  const keyOf = (network: Network) => {
    const key = keys.get(network) ?? crypto.randomUUID();
    keys.set(network, key);
    return key;
  };
  const refresh = () => {
    for (const queryKey of [['posts'], ['post'], ['shares'], ['year']])
      void client.invalidateQueries({ queryKey });
  };
  const undo = useMutation({
    mutationFn: (made: Schemas['Share'][]) =>
      Promise.all(made.map(({ id }) => call(api.POST('/shares/{id}/cancel', { params: { path: { id } } })))),
    onSuccess: made => {
      const asPicture = made.some(({ as_picture }) => as_picture);
      keepDraft(post.id, { text: made[0]?.text ?? '', at: '', asPicture });
      show({ text: text.share.undone });
    },
    onError: () => show({ text: text.share.undoLate, tone: 'bad' }),
    onSettled: refresh,
  });
  const share = useMutation({
    mutationFn: async ({ networks, asPicture, ...words }: Order) => {
      const made: Schemas['Share'][] = [];
      for (const network of networks) {
        setFailedAt(network);
        const as_picture = asPicture && network === 'linkedin';
        const body = { ...words, as_picture, post_id: post.id, network, idempotency_key: keyOf(network) };
        made.push(await call(api.POST('/shares', { body })));
      }
      setFailedAt(undefined);
      return made;
    },
    onSuccess: (made, { networks }) => {
      dropDraft(post.id);
      onShared();
      refresh();
      const [first] = made;
      if (first?.undo_until) {
        show({
          text: text.share.toastNow(listed(networks, lang)),
          until: Date.parse(first.undo_until),
          action: { label: text.share.undo, run: () => undo.mutate(made) },
        });
      } else if (first) {
        show({
          text: text.share.toastPlanned(format.moment(first.run_at)),
          action: { label: text.share.view, run: () => navigate('/shares') },
        });
      }
    },
    onError: refresh,
  });
  return { ...share, failedAt };
}
