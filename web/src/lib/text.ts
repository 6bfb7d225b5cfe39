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

/** A part of a text as LinkedIn shows it: a hashtag is a link. */
export type Piece = { text: string; tag: boolean };

/** A text in its parts; a hashtag holds at least one letter. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const { 0: tag, index } of text.matchAll(TAG)) {
    if (!/\p{Alphabetic}/u.test(tag) || [...tag].length - 1 > LONGEST_TAG) continue;
    if (index > at) found.push({ text: text.slice(at, index), tag: false });
    found.push({ text: tag, tag: true });
    at = index + tag.length;
  }
  if (at < text.length) found.push({ text: text.slice(at), tag: false });
  return found;
}

const escapedLength = (text: string) => [...text].length + (text.match(RESERVED)?.length ?? 0);

/** Characters that a text takes on the wire: every reserved character counts double, a hashtag as the element that it is. */
export const wireLength = (text: string) =>
  pieces(text)
    .map(piece =>
      piece.tag ? AROUND.length + escapedLength(piece.text.slice(1)) : escapedLength(piece.text),
    )
    .reduce((sum, length) => sum + length, 0);

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
