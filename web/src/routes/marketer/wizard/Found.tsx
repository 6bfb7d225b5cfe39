import { useEffect, useRef } from 'react';
import { Button, ButtonLink } from '../../../components/Button.tsx';
import { Note, Skeleton, useProblem } from '../../../components/States.tsx';
import { FIELDS, sourcesOf } from '../mapping/definition.ts';
import { readsWell } from '../mapping/items.ts';
import { Rates } from '../mapping/Rates.tsx';
import { useWizardText } from '../mapping/texts.ts';
import type { Mapping } from '../mapping/useMapping.ts';
import { useMarketerText } from '../texts.ts';
import { Cards } from './Cards.tsx';
import { Reading } from './Reading.tsx';
import type { Step } from './steps.ts';
import s from './Wizard.module.css';
import { WrongMapping } from './WrongMapping.tsx';

/** Cards that show what a feed is like. */
const SAMPLE = 4;

/** What was found at the address and how it is read; from here the way goes straight to publishing, or by the mapping. */
export function Found({ mapping, onStep }: { mapping: Mapping; onStep: (step: Step) => void }) {
  const text = useWizardText().source;
  const add = useMarketerText().add;
  const problem = useProblem();
  const { found, definition, error } = mapping;
  const [fault] = mapping.faults;
  const mapped = error ? undefined : mapping.mapped;
  const onward = useRef<HTMLButtonElement>(null);
  const mapsNothing = FIELDS.every(field => sourcesOf(definition, field).length === 0);
  const lost = mapped?.repairs.some(repair => repair.loses_items);
  const good = mapped !== undefined && readsWell(mapped);
  const ready = mapped !== undefined || error !== null || definition.item_path === '';
  // The next step is one more Enter away.
  useEffect(() => {
    if (ready) onward.current?.focus({ preventScroll: true });
  }, [ready]);
  return (
    <section className={s.found}>
      <Reading mapping={mapping} />
      {found.already ? (
        <Note action={<ButtonLink href={`/marketing/feeds/${found.already}`}>{add.toFeed}</ButtonLink>}>
          {add.already}
        </Note>
      ) : (
        ready && (
          <>
            {fault ? (
              <WrongMapping fault={fault} />
            ) : error && !mapsNothing ? (
              <Note tone="bad">{problem(error)}</Note>
            ) : (
              <p className={s.lead}>
                {mapsNothing
                  ? text.unknown
                  : mapped?.items === 0
                    ? add.noItems
                    : good
                      ? lost
                        ? text.goodRest
                        : text.good
                      : text.gaps}
              </p>
            )}
            <div className={s.onward}>
              <Button
                ref={onward}
                look="primary"
                onClick={() => onStep(good || mapped?.items === 0 ? 'publish' : 'map')}
              >
                {good || mapped?.items === 0 ? text.toPublish : text.toMap}
              </Button>
              {(good || mapped?.items === 0) && <Button onClick={() => onStep('map')}>{text.adjust}</Button>}
            </div>
          </>
        )
      )}
      {mapped && !mapsNothing && mapped.items > 0 && (
        <>
          <Rates mapped={mapped} definition={definition} />
          <h3>{text.first}</h3>
          <Cards cards={mapped.cards.slice(0, SAMPLE)} />
        </>
      )}
      {!ready && <Skeleton shape="cards" count={SAMPLE} />}
    </section>
  );
}
