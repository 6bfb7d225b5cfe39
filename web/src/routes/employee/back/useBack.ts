import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call } from '../../../api/client.ts';
import { useToast } from '../../../components/Toast.tsx';
import { useText } from '../../../i18n/index.tsx';

/** What one decides about a share that is out: remove it, say that one removed it, or keep it. */
export function useBack(id: string, onDone?: () => void) {
  const text = useText().back;
  const show = useToast();
  const client = useQueryClient();
  const params = { path: { id } };
  const onSettled = () => {
    for (const queryKey of [['shares'], ['year']]) void client.invalidateQueries({ queryKey });
  };
  const remove = useMutation({
    mutationFn: (by_hand: boolean) => call(api.POST('/shares/{id}/removal', { params, body: { by_hand } })),
    onSuccess: () => onDone?.(),
    onSettled,
  });
  const keep = useMutation({
    mutationFn: () => call(api.POST('/shares/{id}/keep', { params })),
    onSuccess: () => {
      show({ text: text.kept });
      onDone?.();
    },
    onSettled,
  });
  return { remove, keep };
}
