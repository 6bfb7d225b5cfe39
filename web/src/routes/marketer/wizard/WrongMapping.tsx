import type { Fault } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Note } from '../../../components/States.tsx';
import { isFilterFault } from '../mapping/faults.ts';
import { useWizardText } from '../mapping/texts.ts';
import { useFaultWords } from '../mapping/useFaultWords.ts';
import type { Step } from './steps.ts';

type Props = {
  fault: Fault;
  /** Without it the way stands elsewhere. */
  onStep?: (step: Step) => void;
};

/** What is wrong in an earlier step, by the name of its field or rule, and the way there. */
export function WrongMapping({ fault, onStep }: Props) {
  const text = useWizardText();
  const words = useFaultWords();
  const step = isFilterFault(fault) ? 'filter' : 'map';
  return (
    <Note tone="bad" action={onStep && <Button onClick={() => onStep(step)}>{text.steps[step]}</Button>}>
      {step === 'filter' ? text.publish.wrongFilter : text.publish.wrong} {words.sentence(fault)}
    </Note>
  );
}
