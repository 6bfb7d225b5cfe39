import { createContext, use, useState } from 'react';
import type {
  Definition,
  FieldRate,
  Filter,
  Found,
  ItemField,
  Source,
  Suggestion,
} from '../../../api/contract.ts';
import { type Click, suggest } from '../../../api/mapping.ts';
import { pointedFirst, sourcesOf, withSources } from './definition.ts';
import { useHistory } from './useHistory.ts';
import { useMapped } from './useMapped.ts';

/** A field, or the items themselves. */
export type Target = ItemField | 'items';

/** What may stand for the place that was pointed at, and how the field was before. */
export type Choices = {
  target: Target;
  list: Suggestion[];
  chosen: string;
  before: Source[];
  rate: FieldRate | undefined;
};

export type Kept = Found & { id: string };

type Props = {
  found: Kept;
  definition: Definition;
  onChange: (definition: Definition) => void;
  filter?: Filter | null;
};

/** Everything the panes of the mapping share: the definition, what it gives, the chosen item, what is being pointed at. */
export function useMappingState({ found, definition, onChange, filter = null }: Props) {
  const { change, undo } = useHistory(definition, onChange);
  const live = useMapped(found.id, definition, filter);
  const [item, setItem] = useState(0);
  const [open, setOpen] = useState<Target | null>(null);
  const [aim, setAim] = useState<Target | null>(null);
  const [choices, setChoices] = useState<Choices | null>(null);
  const [busy, setBusy] = useState<Target | null>(null);
  // 'notInItem', 'noRepeat', or what the server said.
  const [trouble, setTrouble] = useState<unknown>(null);
  const lastRate = (field: ItemField) => live.mapped?.rates.find(rate => rate.field === field);
  const rateOf = (field: ItemField) => (live.outdated(field) ? undefined : lastRate(field));

  const adopt = (target: Target, list: Suggestion[], path: string) => {
    const [best] = list;
    if (!best) return setTrouble(target === 'items' ? 'noRepeat' : 'notInItem');
    if (target === 'items') {
      change(now => ({ ...now, item_path: best.xpath }));
      setItem(0);
      setChoices({ target, list, chosen: best.xpath, before: [], rate: undefined });
    } else {
      const before = sourcesOf(definition, target);
      const rate = lastRate(target);
      change(now => withSources({ ...now, item_path: path }, target, pointedFirst(before, rate, best)));
      setChoices({ target, list, chosen: best.xpath, before, rate });
    }
    setOpen(target);
  };

  /** Reads a field, or the items, from the place that was clicked. Without items yet, that place says them too. */
  const point = async (target: Target, click: Click) => {
    setAim(null);
    setTrouble(null);
    setBusy(target);
    try {
      let path = definition.item_path.trim();
      if (target !== 'items' && path === '') {
        const [items] = await suggest(found.id, click, null);
        if (!items) return setTrouble('noRepeat');
        path = items.xpath;
      }
      adopt(target, await suggest(found.id, click, target === 'items' ? null : path), path);
    } catch (error) {
      setTrouble(error);
    } finally {
      setBusy(null);
    }
  };

  /** Takes another of the expressions for what was pointed at. */
  const choose = (suggestion: Suggestion) => {
    if (!choices) return;
    const { target, before, rate } = choices;
    change(now =>
      target === 'items'
        ? { ...now, item_path: suggestion.xpath }
        : withSources(now, target, pointedFirst(before, rate, suggestion)),
    );
    setChoices({ ...choices, chosen: suggestion.xpath });
  };

  const cards = live.mapped?.cards ?? [];
  return {
    found,
    definition,
    change,
    undo,
    ...live,
    rateOf,
    item: Math.min(item, Math.max(0, cards.length - 1)),
    setItem,
    open,
    setOpen,
    aim,
    setAim,
    choices,
    busy,
    trouble,
    forgive: () => setTrouble(null),
    point,
    choose,
  };
}

export type Mapping = ReturnType<typeof useMappingState>;

export const MappingContext = createContext<Mapping | null>(null);

/** The mapping that this pane belongs to. */
export function useMapping(): Mapping {
  const mapping = use(MappingContext);
  if (!mapping) throw new Error('a pane of the mapping stands outside of it');
  return mapping;
}
