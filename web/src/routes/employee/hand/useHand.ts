import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { api, call, type Schemas } from '../../../api/client.ts';

/** What changes with a share that was made by hand. */
export function useRefresh() {
  const client = useQueryClient();
  return () => {
    for (const queryKey of [['posts'], ['post'], ['shares'], ['year']])
      void client.invalidateQueries({ queryKey });
  };
}

type Declared = Omit<Schemas['NewDeclaration'], 'idempotency_key'>;

/** Tells that one shared by hand. The key is made once, so that a second tap is the same share. */
export function useDeclare(onDone: (share: Schemas['Share']) => void) {
  const refresh = useRefresh();
  const idempotency_key = useRef(crypto.randomUUID()).current;
  return useMutation({
    mutationFn: (body: Declared) =>
      call(api.POST('/shares/declared', { body: { ...body, idempotency_key } })),
    onSuccess: onDone,
    onSettled: refresh,
  });
}

/** Asks a colleague to confirm a declared share. */
export function useAsk(id: string, onDone: () => void) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: Schemas['ConfirmationRequest']) =>
      call(api.POST('/shares/{id}/confirmation', { params: { path: { id } }, body })),
    onSuccess: onDone,
    onSettled: refresh,
  });
}

/** Takes a declared share back. */
export function useTakeBack(id: string, onDone: () => void) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => call(api.DELETE('/shares/{id}', { params: { path: { id } } })),
    onSuccess: onDone,
    onSettled: refresh,
  });
}
