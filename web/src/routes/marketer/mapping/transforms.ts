import type { ItemField, Transform } from '../../../api/contract.ts';

/** Every transform by its name, with what a new one starts with; `null` takes no parameter. */
const starts = {
  'html-to-text': null,
  'first-sentence': null,
  truncate: 200,
  trim: null,
  unescape: null,
  replace: { pattern: '', with: '' },
  prefix: '',
  suffix: '',
  default: '',
  split: ',',
  'lower-case': null,
  'date-format': '%d-%m-%Y',
  'first-image': null,
  'resolve-url': null,
  'http-to-https': null,
  'person-name': null,
} as const;

export type TransformKind = keyof typeof starts;

export const TRANSFORMS = Object.keys(starts) as TransformKind[];

export const kindOf = (transform: Transform): TransformKind =>
  (typeof transform === 'string' ? transform : Object.keys(transform)[0]) as TransformKind;

/** The parameter of a transform: a text, a number, a pattern with what takes its place, or nothing. */
export type Parameter = string | number | { pattern: string; with: string } | null;

export const parameterOf = (transform: Transform): Parameter =>
  typeof transform === 'string' ? null : (Object.values(transform)[0] as Parameter);

/** A transform of a kind, with a parameter or the one it starts with. */
export function transform(kind: TransformKind, parameter: Parameter = starts[kind]): Transform {
  return (parameter === null ? kind : { [kind]: parameter }) as Transform;
}

/** What is done to a field when its source does not say: the same list as the reader's. */
export function usual(field: ItemField): Transform[] {
  if (field === 'author') return ['html-to-text', 'person-name'];
  return field === 'title' || field === 'text' || field === 'categories' ? ['html-to-text'] : [];
}
