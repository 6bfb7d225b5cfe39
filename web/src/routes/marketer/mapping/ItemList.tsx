import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { cx } from '../../../lib/cx.ts';
import { useMarketerText } from '../texts.ts';
import s from './Items.module.css';
import { gapsOf } from './items.ts';
import { useWizardText } from './texts.ts';
import { useMapping } from './useMapping.ts';

/** All items, what each of them lacks in red; choosing one shows it. */
export function ItemList() {
  const add = useMarketerText().add;
  const texts = useWizardText();
  const text = texts.map;
  const { mapped, definition, item, setItem } = useMapping();
  const [onlyGaps, setOnlyGaps] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const gaps = useMemo(() => (mapped ? gapsOf(mapped, definition) : []), [mapped, definition]);
  const cards = mapped?.cards ?? [];
  const all = cards.map((card, n) => ({ card, n, missing: gaps[n] ?? [] }));
  const withGaps = all.filter(one => one.missing.length > 0);
  const shown = onlyGaps ? withGaps : all;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the list follows the chosen item
  useEffect(() => {
    if (list.current) keepInSight(list.current);
  }, [item]);

  const onKeyDown = (event: KeyboardEvent) => {
    const now = shown.findIndex(one => one.n === item);
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: shown.length - 1 }[event.key];
    const next = to === undefined ? undefined : shown[to];
    if (!next) return;
    event.preventDefault();
    setItem(next.n);
  };

  return (
    <div className={s.items}>
      <div className={s.choice}>
        <button type="button" aria-pressed={!onlyGaps} onClick={() => setOnlyGaps(false)}>
          {text.every(mapped?.items ?? 0)}
        </button>
        <button type="button" aria-pressed={onlyGaps} onClick={() => setOnlyGaps(true)}>
          {text.onlyGaps(withGaps.length)}
        </button>
      </div>
      {shown.length === 0 && <p className={s.hint}>{text.noGaps}</p>}
      <div
        ref={list}
        role="listbox"
        tabIndex={0}
        aria-label={text.allItems}
        aria-activedescendant={`${id}-${item}`}
        className={s.list}
        onKeyDown={onKeyDown}
      >
        {shown.map(({ card, n, missing }) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list listens to the keys
          <div
            key={card.key}
            id={`${id}-${n}`}
            role="option"
            tabIndex={-1}
            aria-selected={n === item}
            className={cx(s.item, n === item && s.chosen)}
            onClick={() => setItem(n)}
          >
            <span className={s.number}>{n + 1}</span>
            <span className={s.title}>{card.title ?? add.noTitle}</span>
            {missing.length > 0 && (
              <span className={s.missing}>
                {text.missing(missing.map(field => texts.fields[field].toLowerCase()).join(', '))}
              </span>
            )}
          </div>
        ))}
      </div>
      {mapped && mapped.items > cards.length && (
        <p className={s.hint}>{text.shownOf(cards.length, mapped.items)}</p>
      )}
    </div>
  );
}

/** Scrolls the list, and nothing around it, until the chosen item shows. */
function keepInSight(list: HTMLElement) {
  const chosen = list.querySelector<HTMLElement>('[aria-selected=true]');
  if (!chosen || list.scrollHeight <= list.clientHeight) return;
  const [frame, row] = [list.getBoundingClientRect(), chosen.getBoundingClientRect()];
  if (row.top < frame.top) list.scrollTop -= frame.top - row.top;
  else if (row.bottom > frame.bottom) list.scrollTop += row.bottom - frame.bottom;
}
