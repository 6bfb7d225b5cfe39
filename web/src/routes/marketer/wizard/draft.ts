import type { Definition, Filter, Found } from '../../../api/contract.ts';
import { domainOf } from '../../../lib/domain.ts';
import { drop, keep, load } from '../../../lib/kept.ts';
import { blank } from '../mapping/definition.ts';
import type { Kept } from '../mapping/useMapping.ts';
import type { Settings } from '../settings/FeedSettings.tsx';

/** A feed that is being added: what was found at its address, and everything that the marketer chose so far. */
export type Draft = {
  found: Kept;
  definition: Definition;
  filter: Filter | null;
  settings: Settings;
  /** Keys of the items that are offered at once. */
  offer: string[];
};

export const isKept = (found: Found): found is Kept => typeof found.id === 'string';

/** The draft with which a marketer starts: everything as Klaroen proposes it. */
export function draftOf(found: Kept): Draft {
  // Without a title of its own, a document goes by its address.
  const title = found.title === found.address ? domainOf(found.address) : found.title;
  return {
    found: { ...found, title },
    definition: found.definition ?? { ...blank(found.item_paths[0]?.xpath), name: title },
    filter: null,
    settings: { title, topic_id: '', publish: 'review', counting_link: !isVideos(found), cron: null },
    offer: [],
  };
}

/** True when a feed brings videos of YouTube: their cards lead straight there, unless the marketer wants clicks counted. */
export const isVideos = (feed: { address: string; definition?: Definition | null }) =>
  feed.definition?.name === 'youtube' || domainOf(feed.address) === 'youtube.com';

const name = (document: string) => `wizard.${document}`;

/** The draft of a document in this tab. */
export const loadDraft = (document: string) => (document ? load<Draft>(name(document)) : null);
export const saveDraft = (draft: Draft) => keep(name(draft.found.id), draft);
export const dropDraft = (document: string) => drop(name(document));
