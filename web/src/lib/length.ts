import type { Schemas } from '../api/client.ts';
import { missingLine, withLine } from './disclosure.ts';
import type { Network } from './networks.ts';
import { linksOf, type Page, TEXT_LIMIT, wireLength } from './text.ts';
import { watchAddress } from './video.ts';

type Limit = Schemas['TextLimit'];

const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const graphemes = (text: string) => [...segments.segment(text)].length;

/** A text with every link as long as the network counts it, whatever its own length. */
function withLinks(text: string, length: number): number {
  let [counted, at] = [0, 0];
  for (const { 0: link, index } of linksOf(text)) {
    counted += graphemes(text.slice(at, index)) + length;
    at = index + link.length;
  }
  return counted + graphemes(text.slice(at));
}

/** Characters that a text takes at a network, with what its link takes. */
export function lengthAt(network: Network, text: string, limit: Limit): number {
  if (network === 'linkedin') return wireLength(text) + limit.reserved;
  const own = typeof limit.link_length === 'number' ? withLinks(text, limit.link_length) : graphemes(text);
  return own + limit.reserved;
}

/** The link of a post as long as it goes out: the code of a counting link always has eight characters. */
export const linkOf = (post: { counting_link: boolean; link: string }, origin: string) =>
  post.counting_link ? `${origin}/s/xxxxxxxx` : (watchAddress(post.link) ?? post.link);

/** The limit of a network when the post goes out as a picture, with its link below the text. */
export const withLink = (limit: Limit, link: string): Limit => ({
  ...limit,
  reserved: limit.reserved + wireLength(`\n\n${link}`),
});

/** The limit of LinkedIn for a text that mentions the organisation's page: a mention takes more than it shows. */
export const withMentions = (limit: Limit, text: string, page: Page | null | undefined): Limit => ({
  ...limit,
  reserved: limit.reserved + wireLength(text, page) - wireLength(text),
});

/**
 * Characters that a suggested text leaves at LinkedIn, with what the organisation adds. Whose language the line will be in
 * is not known yet, so the longest counts.
 */
export function leftOfCaption(text: string, rules?: Schemas['OrganisationRules']): number {
  const words = text.trim();
  const lengths = [rules?.disclosure?.nl, rules?.disclosure?.en].map(line =>
    wireLength(withLine(words, missingLine(words, line)), rules?.page),
  );
  return TEXT_LIMIT - Math.max(...lengths);
}

/** Characters left at a network; negative when there are too many, of characters or of bytes. */
export function leftAt(network: Network, text: string, limit: Limit): number {
  const left = limit.longest - lengthAt(network, text, limit);
  if (typeof limit.bytes !== 'number') return left;
  return Math.min(left, limit.bytes - new TextEncoder().encode(text).length);
}
