import { useCallback, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../../components/Button.tsx';
import { Note } from '../../../components/States.tsx';
import { useParam } from '../../../lib/params.ts';
import { FilterEditor } from '../filters/FilterEditor.tsx';
import { isFilterFault } from '../mapping/faults.ts';
import { MappingEditor } from '../mapping/MappingEditor.tsx';
import { useWizardText } from '../mapping/texts.ts';
import { useFaultWords } from '../mapping/useFaultWords.ts';
import { type Kept, useMappingState } from '../mapping/useMapping.ts';
import { useMarketerText } from '../texts.ts';
import { type Draft, draftOf, loadDraft, saveDraft } from './draft.ts';
import { Found } from './Found.tsx';
import { Frame } from './Frame.tsx';
import { PublishStep } from './PublishStep.tsx';
import { SourceStep } from './SourceStep.tsx';
import { type Step, stepFrom, stepOf, wrongStep } from './steps.ts';
import s from './Wizard.module.css';
import { WrongMapping } from './WrongMapping.tsx';

const PATH = '/marketing/feeds/new';

/** Adds a feed: address, mapping, filter, publishing. Step and document are in the address, the rest in the draft. */
export function Wizard() {
  const text = useMarketerText().add;
  const gone = useWizardText().source;
  const [, navigate] = useLocation();
  const [document] = useParam('document');
  const draft = loadDraft(document);
  const start = (found: Kept) => {
    saveDraft(draftOf(found));
    navigate(`${PATH}?step=source&document=${found.id}`);
  };
  if (draft) return <Drafted key={document} draft={draft} onFound={start} />;
  return (
    <Frame title={text.title} step="source">
      {document && <Note>{gone.gone}</Note>}
      <SourceStep onFound={start} />
    </Frame>
  );
}

function Drafted({ draft: kept, onFound }: { draft: Draft; onFound: (found: Kept) => void }) {
  const add = useMarketerText().add;
  const text = useWizardText().steps;
  const words = useFaultWords();
  const [, navigate] = useLocation();
  const [name] = useParam('step');
  const step = stepOf(name);
  const [draft, setDraft] = useState(kept);
  // After a new search began, nothing goes on with the old document.
  const [left, setLeft] = useState(false);
  useEffect(() => saveDraft(draft), [draft]);
  const set = useCallback((part: Partial<Draft>) => setDraft(before => ({ ...before, ...part })), []);
  const setDefinition = useCallback((definition: Draft['definition']) => set({ definition }), [set]);
  const { found, definition, filter } = draft;
  // The mapping is seen without its filter, so that a rule that is not right yet does not stand in its way.
  const mapping = useMappingState({
    found,
    definition,
    onChange: setDefinition,
    filter: step === 'map' ? null : filter,
  });
  const go = (to: Step) => navigate(`${PATH}?step=${to}&document=${found.id}`);
  const fault = mapping.faults.find(one => !isFilterFault(one));
  const [back, next] = [stepFrom(step, -1), stepFrom(step, 1)];
  const actions = step !== 'source' && (
    <>
      <Button onClick={() => back && go(back)}>{text.back}</Button>
      {next && (
        // Of each step its own button, so that a double click goes one step on.
        <Button
          key={next}
          look="primary"
          disabled={fault !== undefined}
          title={fault && words.sentence(fault)}
          onClick={() => go(next)}
        >
          {text.next}
        </Button>
      )}
    </>
  );
  return (
    <Frame
      title={add.title}
      step={step}
      onStep={found.already || left ? undefined : go}
      actions={actions}
      filled={step === 'map'}
      wrong={left ? undefined : wrongStep(mapping.faults)}
    >
      {step === 'source' && (
        <SourceStep
          address={found.address}
          onSearch={() => setLeft(true)}
          onFound={next => {
            setLeft(false);
            onFound(next);
          }}
        >
          <Found mapping={mapping} onStep={go} />
        </SourceStep>
      )}
      {step === 'map' && <MappingEditor mapping={mapping} />}
      {step === 'filter' && (
        <div className={s.plain}>
          {fault && <WrongMapping fault={fault} onStep={go} />}
          <FilterEditor
            value={filter}
            onChange={next => set({ filter: next })}
            mapped={mapping.mapped}
            tries={fault === undefined}
            faults={mapping.faults.filter(isFilterFault)}
          />
        </div>
      )}
      {step === 'publish' && <PublishStep draft={draft} onChange={set} mapping={mapping} onStep={go} />}
    </Frame>
  );
}
