import { useMemo } from 'react';
import { Button } from '../../../components/Button.tsx';
import { Note, Skeleton } from '../../../components/States.tsx';
import { useWizardText } from '../mapping/texts.ts';
import type { Mapping } from '../mapping/useMapping.ts';
import { useMarketerText } from '../texts.ts';
import { Cards } from './Cards.tsx';
import type { Draft } from './draft.ts';
import { Panel } from './Panel.tsx';
import { Reading } from './Reading.tsx';
import type { Step } from './steps.ts';
import s from './Wizard.module.css';
import { WrongMapping } from './WrongMapping.tsx';

type Props = {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
  mapping: Mapping;
  onStep: (step: Step) => void;
};

/** What the feed gives, beside how to follow it. */
export function PublishStep({ draft, onChange, mapping, onStep }: Props) {
  const text = useMarketerText().add;
  const own = useWizardText();
  const { mapped } = mapping;
  const [fault] = mapping.faults;
  // What was ticked may have lost its link since, in another mapping.
  const offered = useMemo(() => {
    const barred = new Set(mapped?.cards.filter(card => card.obstacle).map(card => card.key));
    return { ...draft, offer: draft.offer.filter(key => !barred.has(key)) };
  }, [draft, mapped]);
  const offer = useMemo(() => new Set(offered.offer), [offered]);
  const toggle = (key: string) => {
    const next = new Set(offer);
    if (!next.delete(key)) next.add(key);
    onChange({ offer: [...next] });
  };
  return (
    <div className={s.follow}>
      <section className={s.found}>
        <div className={s.summaryHead}>
          <Reading mapping={mapping} />
          <Button onClick={() => onStep('map')}>{own.source.adjust}</Button>
        </div>
        {fault && <WrongMapping fault={fault} onStep={onStep} />}
        {fault ? null : mapped ? (
          <>
            <Warnings mapping={mapping} />
            {mapped.items === 0 ? <Note>{text.noItems}</Note> : <p className={s.lead}>{text.offerText}</p>}
            <Cards cards={mapped.cards.slice(0, SHOWN)} offer={{ keys: offer, onToggle: toggle }} />
          </>
        ) : (
          <Skeleton shape="cards" count={3} />
        )}
      </section>
      <Panel
        draft={offered}
        onChange={onChange}
        items={fault ? 0 : (mapped?.items ?? 0)}
        wrong={fault !== undefined}
      />
    </div>
  );
}

/** Items that can be offered at once. */
const SHOWN = 100;

/** What of the items will not become a post, and why. */
function Warnings({ mapping: { mapped } }: { mapping: Mapping }) {
  const text = useWizardText().publish;
  if (!mapped || mapped.items === 0) return null;
  const lacks = (field: 'title' | 'link') =>
    mapped.items - (mapped.rates.find(rate => rate.field === field)?.filled ?? 0);
  const { pass } = mapped.counts;
  return (
    <>
      {lacks('title') > 0 && <Note tone="warn">{text.noTitle(lacks('title'))}</Note>}
      {lacks('link') > 0 && <Note tone="warn">{text.noLink(lacks('link'))}</Note>}
      {pass < mapped.items && <Note>{text.passes(pass, mapped.items)}</Note>}
    </>
  );
}
