import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call, type Schemas } from '../../../api/client.ts';
import { notificationsQuery, sessionQuery } from '../../../api/queries.ts';

/** Changes the own account and shows the answer everywhere. */
export function useChangeMe(onError?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['MeChange']) => call(api.PATCH('/me', { body })),
    onSuccess: (person, { language }) => {
      client.setQueryData(sessionQuery.queryKey, session => session && { ...session, person });
      // The words that one says yes to are in one's own language.
      if (language) void client.invalidateQueries({ queryKey: notificationsQuery.queryKey });
    },
    ...(onError && { onError }),
  });
}
