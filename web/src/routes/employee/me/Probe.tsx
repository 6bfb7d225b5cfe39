import type { Schemas } from '../../../api/client.ts';
import { Check } from '../../../components/Field.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useChangeMe } from './useChangeMe.ts';

/** The permission to send a share once more when nobody knows whether it appeared; off until the person says yes. */
export function Probe({ me }: { me: Schemas['Me'] }) {
  const text = useText().me;
  const problem = useProblem();
  const save = useChangeMe();
  // Shown as chosen at once, and put back when it could not be saved.
  const shown = save.isPending ? save.variables.may_probe === true : me.may_probe;
  return (
    <>
      <Check
        label={text.probe}
        hint={text.probeHint}
        checked={shown}
        onChange={event => save.mutate({ may_probe: event.target.checked })}
      />
      {save.error && <Note tone="bad">{problem(save.error)}</Note>}
    </>
  );
}
