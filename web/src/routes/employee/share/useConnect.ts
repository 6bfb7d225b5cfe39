import { useMutation } from '@tanstack/react-query';
import { api, call } from '../../../api/client.ts';

/** Leaves for LinkedIn's own page, and comes back to `return_to` after the person said "this is me". */
export function useConnect() {
  return useMutation({
    mutationFn: (return_to: string) =>
      call(
        api.POST('/connections/{network}/start', {
          params: { path: { network: 'linkedin' } },
          body: { return_to },
        }),
      ),
    onSuccess: ({ authorize_url }) => window.location.assign(authorize_url),
  });
}
