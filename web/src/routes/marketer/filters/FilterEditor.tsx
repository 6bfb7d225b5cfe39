import { useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Button } from '../../../components/Button.tsx';
import { Note } from '../../../components/States.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { Always } from './Always.tsx';
import { Counts } from './Counts.tsx';
import s from './Filters.module.css';
import { Result, type Tried } from './Result.tsx';
import { RuleCard } from './RuleCard.tsx';
import { blankRule, brief, type Fault, full, isComplete, moved, named, replaced, without } from './rules.ts';
import type { Filter } from './shapes.ts';
import { useFilterText } from './texts.ts';
import { useFault } from './useFilter.ts';

type Props = {
  value: Filter | null;
  onChange: (value: Filter | null) => void;
  /** What the filter does to the items of the feed; undefined while that is not known. */
  mapped: Tried | undefined;
  /** False where there are no items to try it on. */
  tries?: boolean;
  /** What the server found wrong, with pointers that begin with `/filter`. */
  faults?: readonly Fault[];
};

/** The rules of a feed as sentences, each opening to be changed, with what they do to the items beside them. */
export function FilterEditor({ value, onChange, mapped, tries = true, faults = [] }: Props) {
  const text = useFilterText();
  const show = useToast();
  const heading = useId();
  const fault = useFault(faults);
  const [names, setNames] = useState<number[]>([]);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [said, setSaid] = useState('');
  const add = useRef<HTMLButtonElement>(null);
  const filter = full(value);
  const { rules } = filter;
  const ids = named(names, rules.length);
  const set = (part: Partial<typeof filter>) => onChange(brief({ ...filter, ...part }));
  const fold = (id: number | undefined, opened: boolean) => {
    if (id === undefined) return;
    const next = new Set(open);
    if (opened) next.add(id);
    else next.delete(id);
    setOpen(next);
  };
  const move = (from: number, to: number) => {
    if (to < 0 || to >= rules.length) return;
    const focused = document.activeElement;
    // A node that is put elsewhere in the list loses the focus.
    flushSync(() => {
      setNames(moved(ids, from, to));
      set({ rules: moved(rules, from, to) });
    });
    if (focused instanceof HTMLElement) focused.focus();
    setSaid(text.rules.moved(to + 1));
  };
  const remove = (place: number) => {
    setNames(without(ids, place));
    set({ rules: without(rules, place) });
    add.current?.focus();
    show({ text: text.rules.removed, action: { label: text.rules.undo, run: () => onChange(value) } });
  };
  const create = () => {
    const all = named(ids, rules.length + 1);
    setNames(all);
    fold(all.at(-1), true);
    set({ rules: [...rules, blankRule()] });
  };
  const broken = fault('/filter') ?? fault('/filter/rules');
  return (
    <div className={s.editor}>
      <div className={s.columns}>
        {tries && <Counts mapped={mapped} complete={isComplete(value)} wrong={faults.length > 0} />}
        <section className={s.rules} aria-labelledby={heading}>
          <div>
            <h2 id={heading}>{text.rules.title}</h2>
            <p className={s.hint}>{rules.length > 0 ? text.rules.hint : text.rules.empty}</p>
          </div>
          {broken && <Note tone="bad">{broken}</Note>}
          <ol className={s.list}>
            {rules.map((rule, place) => (
              <RuleCard
                key={ids[place]}
                rule={rule}
                place={place}
                of={rules.length}
                mapped={mapped}
                faults={faults}
                open={open.has(ids[place] ?? 0)}
                onOpen={opened => fold(ids[place], opened)}
                onChange={next => set({ rules: replaced(rules, place, next) })}
                onMove={to => move(place, to)}
                onRemove={() => remove(place)}
              />
            ))}
          </ol>
          <Button ref={add} icon="plus" onClick={create}>
            {text.rules.add}
          </Button>
          <span className="hush" role="status">
            {said}
          </span>
          <Always filter={filter} onChange={set} faults={faults} />
        </section>
        {tries && <Result mapped={mapped} complete={isComplete(value)} />}
      </div>
    </div>
  );
}
