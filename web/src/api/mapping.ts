import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ApiError, api, call, type Schemas } from './client.ts';
import type { Definition, Filter, Found } from './contract.ts';

/** A kept document never changes, so whatever was asked of it stays true. */
const forever = { staleTime: Number.POSITIVE_INFINITY, retry: false } as const;

/** Finds the feed at an address, and keeps what it fetched. */
export const look = (address: string) => call(api.POST('/documents', { body: { address } }));

/** The last document of a feed; null while it was not read yet. */
export const feedDocumentQuery = (id: string) =>
  queryOptions({
    queryKey: ['document', 'of-feed', id],
    queryFn: async ({ signal }): Promise<Found | null> => {
      try {
        return await call(api.GET('/feeds/{id}/document', { signal, params: { path: { id } } }));
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
  });

export const nodesQuery = (id: string, parent: number | undefined, after: number) =>
  queryOptions({
    queryKey: ['document', id, 'nodes', parent ?? null, after],
    ...forever,
    queryFn: ({ signal }) => {
      const query = { after, ...(parent === undefined ? {} : { parent }) };
      return call(api.GET('/documents/{id}/nodes', { signal, params: { path: { id }, query } }));
    },
  });

export const searchQuery = (id: string, q: string) =>
  queryOptions({
    queryKey: ['document', id, 'search', q],
    ...forever,
    enabled: q !== '',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      call(api.GET('/documents/{id}/search', { signal, params: { path: { id }, query: { q } } })),
  });

/** What a definition makes of a document; only the newest question's answer arrives. */
export const mapQuery = (id: string, definition: Definition, filter: Filter | null) =>
  queryOptions({
    queryKey: ['document', id, 'map', definition, filter],
    ...forever,
    gcTime: 60_000,
    enabled: definition.item_path.trim() !== '',
    queryFn: ({ signal }) =>
      call(
        api.POST('/documents/{id}/map', { signal, params: { path: { id } }, body: { definition, filter } }),
      ),
  });

export type Click = { node: number; attribute: string | null };

/** Expressions for what was clicked, best first; without an item path, paths on which it is an item. */
export const suggest = (id: string, click: Click, item_path: string | null) =>
  call(api.POST('/documents/{id}/suggest', { params: { path: { id } }, body: { ...click, item_path } }));

export const createDefinition = (definition: Definition) =>
  call(api.POST('/definitions', { body: { definition } }));

export const changeDefinition = (name: string, body: Schemas['DefinitionChange']) =>
  call(api.PUT('/definitions/{name}', { params: { path: { name } }, body }));

export const tryForFeed = (id: string, definition: Definition) =>
  call(api.POST('/feeds/{id}/try', { params: { path: { id } }, body: { definition } }));

export const tryForAll = (name: string, definition: Definition) =>
  call(api.POST('/definitions/{name}/try', { params: { path: { name } }, body: { definition } }));

export const followFeed = (body: Schemas['NewFeed']) => call(api.POST('/feeds', { body }));

export const changeFeed = (id: string, body: Schemas['FeedChange']) =>
  call(api.PATCH('/feeds/{id}', { params: { path: { id } }, body }));
