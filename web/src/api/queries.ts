import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ApiError, api, call, type Schemas } from './client.ts';
import { firstPage, nextPage, only } from './page.ts';

const MINUTE = 60_000;

/** Who is signed in; `null` when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }): Promise<Schemas['Session'] | null> => {
    try {
      return await call(api.GET('/session', { signal }));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
});

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => call(api.GET('/setup', { signal })),
});

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => call(api.GET('/sessions', { signal })),
});

export const topicsQuery = queryOptions({
  queryKey: ['topics'],
  staleTime: 5 * MINUTE,
  queryFn: ({ signal }) => call(api.GET('/topics', { signal })),
});

/** Live posts for the signed-in employee. While a share is on its way the list asks again. */
export const postsQuery = (filter: { topic: string; q: string }) =>
  infiniteQueryOptions({
    queryKey: ['posts', filter],
    initialPageParam: firstPage,
    queryFn: ({ signal, pageParam }) =>
      call(api.GET('/posts', { signal, params: { query: only({ ...filter, after: pageParam }) } })),
    getNextPageParam: nextPage,
    refetchInterval: query =>
      query.state.data?.pages.some(page =>
        page.items.some(post => post.my_shares.some(share => onItsWay(share.state))),
      )
        ? 2500
        : false,
  });

export const postQuery = (id: string) =>
  queryOptions({
    queryKey: ['post', id],
    queryFn: ({ signal }) => call(api.GET('/posts/{id}', { signal, params: { path: { id } } })),
  });

export const sharesQuery = infiniteQueryOptions({
  queryKey: ['shares', 'all'],
  initialPageParam: firstPage,
  queryFn: ({ signal, pageParam }) =>
    call(api.GET('/shares', { signal, params: { query: only({ after: pageParam }) } })),
  getNextPageParam: nextPage,
  refetchInterval: query =>
    query.state.data?.pages.some(page =>
      page.items.some(share => onItsWay(share.state) || share.probe_at || isBeingRemoved(share)),
    )
      ? 2500
      : false,
});

/** A removal at the network changes by itself within seconds. */
const isBeingRemoved = (share: Schemas['Share']) => share.taking_back?.state === 'waiting';

/** One's own shares of posts that the company took back, as long as one did not say what becomes of them. */
export const askedBackQuery = queryOptions({
  queryKey: ['shares', 'asked-back'],
  staleTime: MINUTE,
  queryFn: ({ signal }) => call(api.GET('/shares/asked-back', { signal })),
});

/** The organisation's own rules for what goes out. */
export const organisationQuery = queryOptions({
  queryKey: ['organisation'],
  staleTime: MINUTE,
  queryFn: ({ signal }) => call(api.GET('/organisation', { signal })),
});

/** States that change by themselves within seconds. */
export const onItsWay = (state: Schemas['State'] | undefined) => state === 'queued' || state === 'posting';

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  staleTime: MINUTE,
  queryFn: ({ signal }) => call(api.GET('/connections', { signal })),
});

/** What the person can be mailed about, in the words that they say yes to. */
export const notificationsQuery = queryOptions({
  queryKey: ['notifications'],
  queryFn: ({ signal }) => call(api.GET('/notifications', { signal })),
});

export const pendingQuery = (id: string) =>
  queryOptions({
    queryKey: ['pending', id],
    retry: false,
    queryFn: ({ signal }) => call(api.GET('/connections/pending/{id}', { signal, params: { path: { id } } })),
  });

/** A network's own share dialog, filled in once; asking again would make another counting link. */
export const dialogQuery = (post: string, network: Schemas['Network'], text: string) =>
  queryOptions({
    queryKey: ['dialog', post, network, text],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      call(
        api.POST('/posts/{id}/dialog', { signal, params: { path: { id: post } }, body: { network, text } }),
      ),
  });

/** Colleagues whose name has these letters. */
export const colleaguesQuery = (q: string) =>
  queryOptions({
    queryKey: ['colleagues', q],
    staleTime: MINUTE,
    queryFn: ({ signal }) => call(api.GET('/colleagues', { signal, params: { query: { q } } })),
  });

/** What colleagues ask to look at. */
export const confirmationsQuery = queryOptions({
  queryKey: ['confirmations'],
  staleTime: MINUTE,
  queryFn: ({ signal }) => call(api.GET('/confirmations', { signal })),
});

/** The page behind a link, as the server could read it. */
export const pageQuery = (id: string) =>
  queryOptions({
    queryKey: ['confirmations', id, 'page'],
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: ({ signal }) => call(api.GET('/confirmations/{id}/page', { signal, params: { path: { id } } })),
  });

export const yearQuery = (year: number) =>
  queryOptions({
    queryKey: ['year', year],
    queryFn: ({ signal }) => call(api.GET('/years/{year}', { signal, params: { path: { year } } })),
  });
