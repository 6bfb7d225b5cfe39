import type { KnownName } from '../../api/contract.ts';

/** Functions that an expression may use beside the names of the document. */
const FUNCTIONS = [
  'concat(',
  'contains(',
  'html-to-text(',
  'lower-case(',
  'matches(',
  'normalize-space(',
  'not(',
  'position()',
  'replace(',
  'resolve-url(',
  'starts-with(',
  'string-join(',
  'substring-after(',
  'substring-before(',
  'text()',
  'tokenize(',
  'upper-case(',
];
const MOST = 8;
const WORD = /[@\w.:-]*$/;

export type Completion = { text: string; count: number | null };

/** The word that is being written before the caret. */
const wordBefore = (text: string, caret: number) => WORD.exec(text.slice(0, caret))?.[0] ?? '';

/**
 * What may stand at the caret: names that begin with what is written, then names whose part behind the prefix does, then
 * functions. Inside quotes there is nothing to complete.
 */
export function completions(names: KnownName[], text: string, caret: number): Completion[] {
  const before = text.slice(0, caret);
  const quotes = (mark: string) => before.split(mark).length - 1;
  if (quotes("'") % 2 === 1 || quotes('"') % 2 === 1) return [];
  const word = wordBefore(text, caret).toLowerCase();
  if (word === '' && !/[/[]$/.test(before) && before !== '') return [];
  const fits = names.filter(({ name }) => name.toLowerCase() !== word);
  const local = (name: string) => name.replace(/^@/, '').replace(/^.*:/, '').toLowerCase();
  const begins = fits.filter(({ name }) => name.toLowerCase().startsWith(word));
  const inside = fits.filter(
    known => !begins.includes(known) && word !== '' && local(known.name).startsWith(word),
  );
  const functions = FUNCTIONS.filter(name => word.length > 1 && name.startsWith(word) && name !== word);
  return [
    ...[...begins, ...inside].map(({ name, count }) => ({ text: name, count })),
    ...functions.map(name => ({ text: name, count: null })),
  ].slice(0, MOST);
}

/** The expression with a completion in the place of the word at the caret, and where the caret then is. */
export function complete(text: string, caret: number, completion: string): { text: string; caret: number } {
  const start = caret - wordBefore(text, caret).length;
  const rest = text.slice(caret).replace(/^[\w.:-]*/, '');
  return { text: text.slice(0, start) + completion + rest, caret: start + completion.length };
}
