import { useMutation } from '@tanstack/react-query';
import { api, call } from '../../../api/client.ts';

const KEY = 'connect-return-to';

/** Where the person was when leaving for LinkedIn; the way back after "no" or a fault, which carry no path. */
export const cameFrom = () => sessionStorage.getItem(KEY) ?? '/me';

/** Leaves for LinkedIn's own page, and comes back to `return_to` after the person said "this is me". */
export function useConnect() {
  return useMutation({
    mutationFn: (return_to: string) => {
      sessionStorage.setItem(KEY, return_to);
      const params = { path: { network: 'linkedin' as const } };
      return call(api.POST('/connections/{network}/start', { params, body: { return_to } }));
    },
    onSuccess: ({ authorize_url }) => window.location.assign(authorize_url),
  });
}
