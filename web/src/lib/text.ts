/** What LinkedIn accepts in one post, counted after its reserved characters got their backslash. */
export const TEXT_LIMIT = 3000;
/** Where LinkedIn folds a text behind "…see more" in the stream. */
export const FOLD = 210;

const RESERVED = /[\\|{}@[\]()<>#*_~]/g;

/** Characters that a text takes on the wire: every reserved character counts double. */
export const wireLength = (text: string) => [...text].length + (text.match(RESERVED)?.length ?? 0);

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
