import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, call } from './client.ts';
import { firstPage, nextPage, only } from './page.ts';

/** Followed feeds; asked again while the page is open, because the worker polls in the background. */
export const feedsQuery = queryOptions({
  queryKey: ['feeds'],
  refetchInterval: 15_000,
  queryFn: ({ signal }) => call(api.GET('/feeds', { signal })),
});

export const feedQuery = (id: string) =>
  queryOptions({
    queryKey: ['feeds', id],
    refetchInterval: 15_000,
    queryFn: ({ signal }) => call(api.GET('/feeds/{id}', { signal, params: { path: { id } } })),
  });

export const itemsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['items', id],
    initialPageParam: firstPage,
    queryFn: ({ signal, pageParam }) =>
      call(
        api.GET('/feeds/{id}/items', {
          signal,
          params: { path: { id }, query: only({ after: pageParam }) },
        }),
      ),
    getNextPageParam: nextPage,
  });

/** Items of the last 30 days in all feeds by title, link or the address of the article. */
export const trailQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['trail', q],
    initialPageParam: firstPage,
    queryFn: ({ signal, pageParam }) =>
      call(api.GET('/trail', { signal, params: { query: only({ q, after: pageParam }) } })),
    getNextPageParam: nextPage,
  });

/** The live posts that lead to an address. */
export const liveAtQuery = (link: string) =>
  queryOptions({
    queryKey: ['library', 'at', link],
    enabled: URL.canParse(link),
    queryFn: ({ signal }) =>
      call(api.GET('/library', { signal, params: { query: { state: 'live', link } } })),
  });

export const libraryQuery = (filter: { state: string; q: string }) =>
  infiniteQueryOptions({
    queryKey: ['library', filter],
    initialPageParam: firstPage,
    queryFn: ({ signal, pageParam }) =>
      call(
        api.GET('/library', {
          signal,
          params: { query: only({ ...filter, after: pageParam }) as never },
        }),
      ),
    getNextPageParam: nextPage,
  });

/** Names of teams, for audiences. */
export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  staleTime: 60_000,
  queryFn: ({ signal }) => call(api.GET('/teams', { signal })),
});

export const scheduleQuery = (cron: string) =>
  queryOptions({
    queryKey: ['schedule', cron],
    retry: false,
    queryFn: ({ signal }) => call(api.POST('/schedules/check', { signal, body: { cron } })),
  });

export const hrYearQuery = (year: number) =>
  queryOptions({
    queryKey: ['hr', year],
    queryFn: ({ signal }) => call(api.GET('/hr/years/{year}', { signal, params: { path: { year } } })),
  });

export const hrPersonQuery = (year: number, person_id: string) =>
  queryOptions({
    queryKey: ['hr', year, person_id],
    queryFn: ({ signal }) =>
      call(api.GET('/hr/years/{year}/people/{person_id}', { signal, params: { path: { year, person_id } } })),
  });

export const peopleQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['people', q],
    initialPageParam: firstPage,
    queryFn: ({ signal, pageParam }) =>
      call(api.GET('/people', { signal, params: { query: only({ q, after: pageParam }) } })),
    getNextPageParam: nextPage,
  });

/** How publishing is; asked again while the page is open. */
export const publishingQuery = queryOptions({
  queryKey: ['publishing'],
  refetchInterval: 15_000,
  queryFn: ({ signal }) => call(api.GET('/health/publishing', { signal })),
});

/** What a template would add to an address. */
export const exampleQuery = (utm_template: string) =>
  queryOptions({
    queryKey: ['organisation', 'example', utm_template],
    retry: false,
    queryFn: ({ signal }) => call(api.POST('/organisation/example', { signal, body: { utm_template } })),
  });

export const invitesQuery = queryOptions({
  queryKey: ['invites'],
  queryFn: ({ signal }) => call(api.GET('/invites', { signal })),
});
