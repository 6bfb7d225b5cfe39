import type { Schemas } from '../api/client.ts';

type Connection = Schemas['Connection'];

/** So many days before the end people are told. */
const SOON = 14;

/** Whose end is news: it is near, or it is there. */
export const ending = ({ state, days_left }: Connection) =>
  state === 'expired' ||
  state === 'revoked' ||
  (state === 'works' && typeof days_left === 'number' && days_left <= SOON);

/** The connections that end before something goes out at `runAt`; null is now. */
export const outlived = (connections: Connection[], runAt: string | null) =>
  connections.flatMap(({ network, state, expires_at }) =>
    runAt && expires_at && state === 'works' && Date.parse(expires_at) <= Date.parse(runAt)
      ? [{ network, expires_at }]
      : [],
  );
