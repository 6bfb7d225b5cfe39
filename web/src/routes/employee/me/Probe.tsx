import { useState } from 'react';
import type { Schemas } from '../../../api/client.ts';
import { Check } from '../../../components/Field.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useChangeMe } from './useChangeMe.ts';

/** The permission to send a share once more when nobody knows whether it appeared; off until the person says yes. */
export function Probe({ me }: { me: Schemas['Me'] }) {
  const text = useText().me;
  const problem = useProblem();
  // Shown as chosen at once, and put back when it could not be saved.
  const [shown, setShown] = useState(me.may_probe);
  const save = useChangeMe(() => setShown(me.may_probe));
  const choose = (may_probe: boolean) => {
    setShown(may_probe);
    save.mutate({ may_probe });
  };
  return (
    <>
      <Check
        label={text.probe}
        hint={text.probeHint}
        checked={shown}
        onChange={event => choose(event.target.checked)}
      />
      {save.error && <Note tone="bad">{problem(save.error)}</Note>}
    </>
  );
}
