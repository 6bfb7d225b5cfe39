import { useMutation } from '@tanstack/react-query';
import { api, call } from '../../../api/client.ts';
import type { Network } from '../../../lib/networks.ts';

const KEY = 'connect-return-to';

/** Where the person was when leaving for a network; the way back after "no" or a fault, which carry no path. */
export const cameFrom = () => sessionStorage.getItem(KEY) ?? '/me';

/** Leaves for the network's own page, and comes back to `return_to` after the person said "this is me". */
export function useConnect() {
  return useMutation({
    mutationFn: ({ network, ...body }: { network: Network; return_to: string; instance?: string }) => {
      sessionStorage.setItem(KEY, body.return_to);
      return call(api.POST('/connections/{network}/start', { params: { path: { network } }, body }));
    },
    onSuccess: ({ authorize_url }) => window.location.assign(authorize_url),
  });
}
