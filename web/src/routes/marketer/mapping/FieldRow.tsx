import { useEffect, useRef } from 'react';
import type { Card, ItemField } from '../../../api/contract.ts';
import { Picture } from '../../../components/Picture.tsx';
import { cx } from '../../../lib/cx.ts';
import { useFormat } from '../../../lib/format.ts';
import { sourcesOf, writtenOf } from './definition.ts';
import { FieldEditor } from './FieldEditor.tsx';
import s from './Fields.module.css';
import { fieldFault } from './faults.ts';
import { has } from './items.ts';
import { RowHead } from './RowHead.tsx';
import { Strip } from './Strip.tsx';
import { useWizardText } from './texts.ts';
import { useMapping } from './useMapping.ts';

/** One field: where it comes from, what it is in the chosen item, in how many items it is filled. */
export function FieldRow({ field }: { field: ItemField }) {
  const texts = useWizardText();
  const text = texts.map;
  const { definition, mapped, rateOf, outdated, item, setItem, open, faults } = useMapping();
  const sources = sourcesOf(definition, field);
  const rate = rateOf(field);
  const isOpen = open === field;
  const fault = fieldFault(faults, field);
  const known = mapped && sources.length > 0 && !outdated(field);
  const card = mapped?.cards[item];
  const row = useRef<HTMLDivElement>(null);
  // What was just pointed at opens, and comes into sight.
  useEffect(() => {
    if (isOpen) row.current?.scrollIntoView?.({ block: 'nearest' });
  }, [isOpen]);
  return (
    <div ref={row} className={cx(s.row, isOpen && s.openRow, fault && s.wrongRow)} data-field={field}>
      <RowHead
        target={field}
        label={texts.fields[field]}
        expression={best(writtenOf(definition, field), rate?.from)}
        others={sources.length - 1}
        wrong={fault !== undefined}
        {...(known ? { rate: { filled: rate?.filled ?? 0, items: mapped.items } } : {})}
      />
      {fault && !isOpen && (
        <p className={s.fault} role="alert">
          {texts.fault(fault.detail)}
        </p>
      )}
      {known && card && field !== 'guid' && (
        <>
          <Value card={card} field={field} empty={text.empty} />
          <Strip filled={mapped?.cards.map(one => has(one, field)) ?? []} chosen={item} onChoose={setItem} />
        </>
      )}
      {isOpen && <FieldEditor field={field} />}
    </div>
  );
}

/** The expression that gives most; the first while nothing is known. */
function best(sources: { xpath: string }[], from: number[] = []): string | undefined {
  const most = from.indexOf(Math.max(...from));
  return (sources[most] ?? sources[0])?.xpath;
}

function Value({ card, field, empty }: { card: Card; field: Exclude<ItemField, 'guid'>; empty: string }) {
  const format = useFormat();
  if (!has(card, field)) return <p className={cx(s.value, s.bad)}>{empty}</p>;
  if (field === 'image') {
    return (
      <div className={s.value}>
        <Picture src={card.image} small />
      </div>
    );
  }
  const value = card[field];
  return (
    <p className={cx(s.value, field === 'text' && s.clamped)}>
      {Array.isArray(value)
        ? value.join(' · ')
        : field === 'published' && value
          ? `${format.dayYear(value)}, ${format.time(value)}`
          : value}
    </p>
  );
}
