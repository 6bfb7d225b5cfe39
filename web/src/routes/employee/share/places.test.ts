import { expect, test } from 'vitest';
import type { Schemas } from '../../../api/client.ts';
import { chosenAtFirst, sharedAt } from './places.ts';

const at = (network: Schemas['Network']) => ({ network }) as Schemas['Connection'];
const post = (...shares: [Schemas['Network'], Schemas['State']][]) =>
  ({ my_shares: shares.map(([network, state]) => ({ network, state })) }) as Schemas['OfferedPost'];

test('LinkedIn comes first, and nothing is chosen where the post is already', () => {
  expect(chosenAtFirst([at('linkedin'), at('mastodon')], [])).toEqual(['linkedin']);
  expect(chosenAtFirst([at('linkedin'), at('mastodon')], ['linkedin'])).toEqual(['mastodon']);
  expect(chosenAtFirst([at('bluesky')], [])).toEqual(['bluesky']);
  expect(chosenAtFirst([at('bluesky')], ['bluesky'])).toEqual([]);
  expect(chosenAtFirst([], [])).toEqual([]);
});

test('what came to nothing may be shared again', () => {
  expect(sharedAt(post(['linkedin', 'refused'], ['mastodon', 'unknown'], ['bluesky', 'cancelled']))).toEqual([
    'mastodon',
  ]);
});
