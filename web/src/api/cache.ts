import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, type Schemas } from './client.ts';
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
  become(client, null);
}

/** Starts afresh for a person, whoever was here before. */
export function signedIn(client: QueryClient, session: Schemas['Session']) {
  become(client, session);
}

// The session's own entry stays in the cache, as the app is subscribed to it.
function become(client: QueryClient, session: Schemas['Session'] | null) {
  client.removeQueries({ predicate: query => query.queryKey[0] !== sessionQuery.queryKey[0] });
  client.setQueryData(sessionQuery.queryKey, session);
}
