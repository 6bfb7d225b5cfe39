import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';
import { sessionQuery } from './queries.ts';

/** The cache of the app. A 401 anywhere means that the session ended: everything personal is dropped. */
export function makeQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof ApiError && error.status === 401 && client.getQueryData(sessionQuery.queryKey))
      signedOut(client);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // A refusal does not change by asking again; a lost connection may.
        retry: (count, error) =>
          count < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
        retryDelay: count => 600 * 2 ** count,
      },
    },
  });
  return client;
}

/** Forgets everything that belonged to the person who was signed in. */
export function signedOut(client: QueryClient) {
  client.clear();
  client.setQueryData(sessionQuery.queryKey, null);
}
