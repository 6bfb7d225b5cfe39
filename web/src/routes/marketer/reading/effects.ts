import type { ItemField, Trial } from '../../../api/contract.ts';

/** What a change does to the fields of a feed's items: how many lose a value, how many get one. */
export type Effects = {
  losses: { field: ItemField; items: number }[];
  gains: { field: ItemField; items: number }[];
  /** Not all changed items are told one by one, so the counts are of the first ones. */
  partly: boolean;
};

export function effectsOf(trial: Trial): Effects {
  const count = (loses: boolean) => {
    const counts = new Map<ItemField, number>();
    for (const { field, before, after } of trial.rows.flatMap(row => row.changes))
      if (loses ? before && !after : !before && after) counts.set(field, (counts.get(field) ?? 0) + 1);
    return [...counts].map(([field, items]) => ({ field, items }));
  };
  const losses = count(true).filter(({ field }) => !trial.lost.includes(field));
  return { losses, gains: count(false), partly: trial.changed > trial.rows.length };
}

/** Whether saving would cost items, or a field that every item had. */
export const costs = (trials: Trial[]) =>
  trials.some(trial => trial.fault || trial.lost.length > 0 || trial.items_after < trial.items_before);
