import { useState } from 'react';
import type { Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import { Picture } from '../../../components/Picture.tsx';
import { Skeleton } from '../../../components/States.tsx';
import { Tabs } from '../../../components/Tabs.tsx';
import { cx } from '../../../lib/cx.ts';
import { outcomeLook } from './outcomeLook.ts';
import s from './Result.module.css';
import type { Outcome } from './rules.ts';
import { because } from './say.ts';
import { useFilterText } from './texts.ts';
import { useWords } from './useFilter.ts';

/** What a trial of the filter says: the counts of all items, and those that are shown. */
export type Tried = { cards: Schemas['Card'][]; counts: Schemas['FilterCounts'] };

type Props = {
  mapped: Tried | undefined;
  /** Nothing has to be filled in any more. */
  complete: boolean;
};

const FEW = 50;
const OUTCOMES: Outcome[] = ['keep', 'hold', 'drop'];

/** The items with what becomes of each, and why. */
export function Result({ mapped, complete }: Props) {
  const text = useFilterText();
  const [only, setOnly] = useState('');
  const [most, setMost] = useState(FEW);
  if (!mapped) return complete ? <Skeleton count={4} /> : null;
  const cards = mapped.cards.filter(card => !only || card.verdict.action === only);
  const { pass: keep, held: hold, dropped: drop } = mapped.counts;
  const counts = { keep, hold, drop };
  const label = text.result.tabs;
  return (
    <section className={s.result} aria-label={text.result.title}>
      <Tabs
        legend={text.result.show}
        value={only}
        onChange={setOnly}
        options={[
          { value: '', label: label.all, count: keep + hold + drop },
          ...OUTCOMES.map(value => ({ value, label: label[value], count: counts[value] })),
        ]}
      />
      {cards.length === 0 && (
        <p className={s.hint}>{mapped.cards.length > 0 ? text.result.noneHere : text.result.noItems}</p>
      )}
      <ul className={s.cards}>
        {cards.slice(0, most).map(card => (
          <ResultCard key={card.key} card={card} />
        ))}
      </ul>
      {cards.length > most && <Button onClick={() => setMost(most + FEW)}>{text.result.more}</Button>}
    </section>
  );
}

function ResultCard({ card }: { card: Schemas['Card'] }) {
  const words = useWords();
  const { text } = words;
  const { action, because: reasons } = card.verdict;
  return (
    <li className={cx(s.card, s[action])} data-outcome={action}>
      <Picture src={card.image} small />
      <div className={s.cardWords}>
        <h3>{card.title ?? text.result.noTitle}</h3>
        <p>
          <Chip {...outcomeLook[action]}>{text.outcome[action]}</Chip>
        </p>
        {reasons.length > 0 ? (
          reasons.map(reason => (
            <p key={`${reason.code} ${reason.rule}`} className={s.hint}>
              {because(reason, words)}
            </p>
          ))
        ) : (
          <p className={s.hint}>{text.kept}</p>
        )}
      </div>
    </li>
  );
}
