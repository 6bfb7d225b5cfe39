import { queryOptions } from '@tanstack/react-query';
import { api, call } from './client.ts';

/** All definitions, shipped and own, with how many feeds each reads. */
export const definitionsQuery = queryOptions({
  queryKey: ['definitions'],
  queryFn: ({ signal }) => call(api.GET('/definitions', { signal })),
});

export const definitionQuery = (name: string) =>
  queryOptions({
    queryKey: ['definitions', name],
    queryFn: ({ signal }) => call(api.GET('/definitions/{name}', { signal, params: { path: { name } } })),
  });

/** A definition as it was; it never changes. */
export const versionQuery = (name: string, version: number) =>
  queryOptions({
    queryKey: ['definitions', name, version],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      call(
        api.GET('/definitions/{name}/versions/{version}', { signal, params: { path: { name, version } } }),
      ),
  });
