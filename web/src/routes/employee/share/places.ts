import type { Schemas } from '../../../api/client.ts';
import type { Network } from '../../../lib/networks.ts';

/** Where a post stands already, or is on its way to: there it is not shared a second time. */
export const sharedAt = (post: Schemas['OfferedPost']): Network[] =>
  post.my_shares
    .filter(({ state }) => state !== 'refused' && state !== 'cancelled')
    .map(({ network }) => network);

/** LinkedIn alone when it can be, so that it takes two taps; else the first network where the post is not yet. */
export function chosenAtFirst(working: Schemas['Connection'][], there: Network[]): Network[] {
  const free = working.map(({ network }) => network).filter(network => !there.includes(network));
  const first = free.find(network => network === 'linkedin') ?? free[0];
  return first ? [first] : [];
}
