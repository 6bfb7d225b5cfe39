/** What LinkedIn accepts in one post, counted after its reserved characters got their backslash. */
export const TEXT_LIMIT = 3000;
/** Where LinkedIn folds a text behind "…see more" in the stream. */
export const FOLD = 210;

const RESERVED = /[\\|{}@[\]()<>#*_~]/g;

/** A `#` that stands alone, and the letters and digits after it. */
const TAG = /(?<!\P{White_Space})#[\p{Alphabetic}\p{N}_]+/gu;
/** What LinkedIn puts around the word of a hashtag. */
const AROUND = '{hashtag|\\#|}';
const LONGEST_TAG = 64;

/** The organisation's own page at LinkedIn. */
export type Page = { name: string; urn: string };

/** A part of a text as LinkedIn reads it: hashtags and mentions are links. */
export type Piece = { text: string; kind: 'text' | 'tag' | 'mention' };

const isTag = (tag: string) => /\p{Alphabetic}/u.test(tag) && [...tag].length - 1 <= LONGEST_TAG;

const LINK = /https?:\/\/[^\s"<>()]+/g;

/** Where the links of a text are; what ends a sentence does not belong to them. */
export const linksOf = (text: string) =>
  [...text.matchAll(LINK)]
    .map(({ 0: found, index }) => ({ 0: found.replace(/[.,;:!?']+$/, ''), index }))
    .filter(({ 0: link }) => URL.canParse(link));

const overlaps = (links: { 0: string; index: number }[], start: number, end: number) =>
  links.some(({ 0: it, index }) => start < index + it.length && index < end);

/** Where `@` and the name stand in a text: alone, not within a word or an address. */
function mentionsOf(text: string, name: string) {
  const literal = name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const within = '[\\p{Alphabetic}\\p{N}]';
  const links = linksOf(text);
  const found = text.matchAll(new RegExp(`(?<!${within}|/)@${literal}(?!${within})`, 'gu'));
  return [...found].filter(({ 0: it, index }) => !overlaps(links, index, index + it.length));
}

/** A text in its parts; a hashtag holds at least one letter. */
export function pieces(text: string, page?: Page | null): Piece[] {
  const mentions = page ? mentionsOf(text, page.name) : [];
  const tags = [...text.matchAll(TAG)].filter(
    ({ 0: tag, index }) => isTag(tag) && !overlaps(mentions, index, index + tag.length),
  );
  const links = [
    ...mentions.map(({ 0: it, index }) => ({ text: it, index, kind: 'mention' as const })),
    ...tags.map(({ 0: it, index }) => ({ text: it, index, kind: 'tag' as const })),
  ].sort((a, b) => a.index - b.index);
  const found: Piece[] = [];
  let at = 0;
  for (const { index, ...link } of links) {
    if (index > at) found.push({ text: text.slice(at, index), kind: 'text' });
    found.push(link);
    at = index + link.text.length;
  }
  if (at < text.length) found.push({ text: text.slice(at), kind: 'text' });
  return found;
}

const escapedLength = (text: string) => [...text].length + (text.match(RESERVED)?.length ?? 0);

function pieceLength({ text, kind }: Piece, page: Page | null | undefined): number {
  if (kind === 'text') return escapedLength(text);
  const around = kind === 'tag' ? AROUND : `@[](${page?.urn})`;
  return around.length + escapedLength(text.slice(1));
}

/** Characters that a text takes on the wire: reserved ones count double, hashtags and mentions as the elements they are. */
export const wireLength = (text: string, page?: Page | null) =>
  pieces(text, page).reduce((sum, piece) => sum + pieceLength(piece, page), 0);

/** The part of a text that shows before the fold, and whether something is hidden behind it. */
export function fold(text: string): { shown: string; folded: boolean } {
  const lines = text.split('\n');
  const few = lines.slice(0, 5).join('\n');
  if (few.length <= FOLD) return { shown: few, folded: lines.length > 5 };
  const cut = few.slice(0, FOLD);
  const space = cut.lastIndexOf(' ');
  return { shown: (space > FOLD - 30 ? cut.slice(0, space) : cut).trimEnd(), folded: true };
}

type Caption = { id: string; language?: string | null; text: string };

/**
 * The suggested texts in the order this person sees them: own language (or none) first, and rotated by person and post, so
 * that two colleagues do not open the dialog on the same words.
 */
export function orderCaptions<T extends Caption>(captions: T[], language: string, seed: string): T[] {
  const fits = (caption: T) => !caption.language || caption.language === language;
  const own = captions.filter(fits);
  const rest = captions.filter(caption => !fits(caption));
  let hash = 0;
  for (const letter of seed) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  const turn = own.length > 0 ? hash % own.length : 0;
  return [...own.slice(turn), ...own.slice(0, turn), ...rest];
}
