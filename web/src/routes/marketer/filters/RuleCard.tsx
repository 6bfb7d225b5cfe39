import type { KeyboardEvent } from 'react';
import { Button } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import { cx } from '../../../lib/cx.ts';
import type { Tried } from './Result.tsx';
import s from './Rule.module.css';
import { RuleForm } from './RuleForm.tsx';
import { type Fault, faulty } from './rules.ts';
import { actionWords, condition } from './say.ts';
import type { Rule } from './shapes.ts';
import { useFilterText } from './texts.ts';
import { useWords } from './useFilter.ts';

type Props = {
  rule: Rule;
  place: number;
  of: number;
  mapped: Tried | undefined;
  faults: readonly Fault[];
  open: boolean;
  onOpen: (open: boolean) => void;
  onChange: (rule: Rule) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
};

/** One rule: a sentence, which opens to be changed. With Alt and an arrow key it moves. */
export function RuleCard({
  rule,
  place,
  of,
  mapped,
  faults,
  open,
  onOpen,
  onChange,
  onMove,
  onRemove,
}: Props) {
  const text = useFilterText();
  const words = useWords();
  const at = `/filter/rules/${place}`;
  const wrong = faulty(faults, at);
  const shown = open || wrong;
  const hits = mapped?.cards.filter(card =>
    card.verdict.because.some(reason => reason.rule === place),
  ).length;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || !step) return;
    event.preventDefault();
    onMove(place + step);
  };
  return (
    <li className={cx(s.rule, wrong && s.wrong)} data-rule={place}>
      <div className={s.ruleHead}>
        <button
          type="button"
          className={s.sentence}
          aria-expanded={shown}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          onClick={() => onOpen(!shown)}
          onKeyDown={onKeyDown}
        >
          <span className={s.number}>
            <span className="hush">{text.rules.numbered(place + 1)}</span>
            <span aria-hidden="true">{place + 1}</span>
          </span>
          <span className={s.words}>
            {rule.name && <strong>{rule.name}</strong>}
            <span>{condition(rule.when, text)}</span>
            <span className={s.action}>
              <span aria-hidden="true">→ </span>
              {actionWords(rule.action, words)}
            </span>
          </span>
        </button>
        <div className={s.ruleDeeds}>
          {hits !== undefined && <Chip>{text.rules.hits(hits)}</Chip>}
          <Button
            look="quiet"
            icon="up"
            square
            aria-label={text.rules.up(place + 1)}
            aria-disabled={place === 0}
            onClick={() => onMove(place - 1)}
            onKeyDown={onKeyDown}
          />
          <Button
            look="quiet"
            icon="down"
            square
            aria-label={text.rules.down(place + 1)}
            aria-disabled={place === of - 1}
            onClick={() => onMove(place + 1)}
            onKeyDown={onKeyDown}
          />
          <Button
            look="quiet"
            icon="trash"
            square
            aria-label={text.rules.remove(place + 1)}
            onClick={onRemove}
          />
        </div>
      </div>
      {shown && (
        <RuleForm
          rule={rule}
          at={at}
          mapped={mapped}
          faults={faults}
          onChange={onChange}
          onDone={() => onOpen(false)}
        />
      )}
    </li>
  );
}
