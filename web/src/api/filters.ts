import { queryOptions } from '@tanstack/react-query';
import { ApiError, api, call, type Schemas } from './client.ts';

/** The last document of a feed; null while it was not read yet. */
export const feedDocumentQuery = (id: string) =>
  queryOptions({
    queryKey: ['document', 'of-feed', id],
    queryFn: async ({ signal }): Promise<Schemas['Found'] | null> => {
      try {
        return await call(api.GET('/feeds/{id}/document', { signal, params: { path: { id } } }));
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
  });

/** What a filter does to the items of a document. */
export const filterTrialQuery = (
  id: string,
  definition: Schemas['Definition'],
  filter: Schemas['Filter'] | null,
) =>
  queryOptions({
    queryKey: ['document', id, 'map', definition, filter],
    retry: false,
    queryFn: ({ signal }) =>
      call(
        api.POST('/documents/{id}/map', { signal, params: { path: { id } }, body: { definition, filter } }),
      ),
  });
