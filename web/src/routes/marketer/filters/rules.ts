import type { Schemas } from '../../../api/client.ts';
import type { Action, Filter, Rule } from './shapes.ts';
import { blankTest, unfinished } from './tests.ts';

export type ActionKind = 'drop' | 'hold' | 'keep' | 'set-topic' | 'set-audience' | 'set-language';
export type Outcome = Schemas['FilterOutcome'];
/** One thing that is wrong with a request, and where. */
export type Fault = Schemas['FieldError'];

export const ACTIONS: ActionKind[] = ['drop', 'hold', 'keep', 'set-topic', 'set-audience', 'set-language'];

/** A filter with all of its parts; none is a filter without rules. */
export const full = (filter: Filter | null): Required<Filter> => ({
  rules: filter?.rules ?? [],
  stop_words: filter?.stop_words ?? [],
  drop_same_title: filter?.drop_same_title ?? false,
});

/** What is kept of a filter: null when it says nothing. */
export function brief(filter: Required<Filter>): Filter | null {
  const says = filter.rules.length > 0 || filter.stop_words.length > 0 || filter.drop_same_title;
  return says ? filter : null;
}

export const blankRule = (): Rule => ({ when: { of: 'any', tests: [blankTest()] }, action: 'drop' });

/** Whether every input is filled in, so that trying it says something. */
export function isComplete(filter: Filter | null): boolean {
  return full(filter).rules.every(rule => {
    const { action } = rule;
    if (typeof action === 'object' && Object.values(action).some(what => what.length === 0)) return false;
    return !rule.when.tests.some(unfinished);
  });
}

/** The list with one entry at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), ...list.slice(from, from + 1), ...rest.slice(to)];
}

/** A name for each of so many rules, which have none of their own; those that were there keep theirs. */
export function named(names: readonly number[], count: number): number[] {
  const next = Math.max(0, ...names) + 1;
  const fresh = Array.from({ length: Math.max(0, count - names.length) }, (_, i) => next + i);
  return [...names.slice(0, count), ...fresh];
}

export const replaced = <T>(list: readonly T[], place: number, entry: T): T[] =>
  list.map((old, i) => (i === place ? entry : old));

export const without = <T>(list: readonly T[], place: number): T[] => list.filter((_, i) => i !== place);

export const actionKind = (action: Action): ActionKind =>
  typeof action === 'string' ? action : (Object.keys(action)[0] as ActionKind);

/** An action of a kind, not yet filled in. */
export function blankAction(kind: ActionKind): Action {
  switch (kind) {
    case 'set-topic':
      return { 'set-topic': '' };
    case 'set-audience':
      return { 'set-audience': [] };
    case 'set-language':
      return { 'set-language': 'nl' };
    default:
      return kind;
  }
}

/** The fault of exactly this place. */
export const faultAt = (faults: readonly Fault[], pointer: string) =>
  faults.find(fault => fault.pointer === pointer);

/** Whether something at this place or inside it is wrong. */
export const faulty = (faults: readonly Fault[], pointer: string) =>
  faults.some(fault => fault.pointer === pointer || fault.pointer.startsWith(`${pointer}/`));
