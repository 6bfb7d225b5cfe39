import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call, type Schemas } from '../../../api/client.ts';
import { notificationsQuery } from '../../../api/queries.ts';

type Choice = { wish: Schemas['Notification']; by_mail: boolean };

/** Says yes or no to one kind of mail, in the words that are on the screen. */
export function useChooseMail(place: 'connect' | 'me') {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ wish: { purpose, text_id }, by_mail }: Choice) =>
      call(
        api.PUT('/notifications/{purpose}', {
          params: { path: { purpose } },
          body: { by_mail, text_id, place },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: notificationsQuery.queryKey }),
  });
}
