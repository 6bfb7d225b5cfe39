import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { signedOut } from '../api/cache.ts';
import { api, call } from '../api/client.ts';

/** Ends the session at the server, then forgets everything here. */
export function useSignOut() {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const { mutate } = useMutation({
    mutationFn: () => call(api.DELETE('/session')),
    onSuccess: () => {
      navigate('/', { replace: true });
      signedOut(client);
    },
  });
  return () => mutate();
}
