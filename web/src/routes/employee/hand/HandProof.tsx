import { useState } from 'react';
import type { Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Chip, type Tone } from '../../../components/Chip.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import type { IconName } from '../../../components/Icon.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { networkName } from '../../../lib/networks.ts';
import { AskStep } from './AskStep.tsx';
import s from './Hand.module.css';
import { useTakeBack } from './useHand.ts';

type Share = Schemas['Share'];

const looks: Record<Schemas['ConfirmationState'] | 'none', { tone: Tone; icon: IconName }> = {
  waiting: { tone: 'info', icon: 'clock' },
  confirmed: { tone: 'good', icon: 'check' },
  declined: { tone: 'warn', icon: 'alert' },
  none: { tone: 'plain', icon: 'info' },
};

/** Where the proof of a declared share is. */
export function ProofChip({ share }: { share: Share }) {
  const text = useText().hand;
  const state = share.confirmation?.state ?? 'none';
  return <Chip {...looks[state]}>{text.names[state]}</Chip>;
}

/** What became of asking a colleague, in a sentence. */
export function ProofWords({ share }: { share: Share }) {
  const text = useText().hand;
  const asked = share.confirmation;
  if (!asked) return null;
  const { colleague, reason } = asked;
  if (asked.state === 'declined') return <Note tone="warn">{text.states.declined(reason ?? '')}</Note>;
  if (asked.state === 'confirmed')
    return <p>{colleague ? text.states.confirmed(colleague) : text.states.confirmedBySomeone}</p>;
  return colleague ? <p>{text.states.waiting(colleague)}</p> : <Note tone="warn">{text.states.gone}</Note>;
}

const SILENT: Schemas['Network'][] = ['whatsapp', 'email'];

/** What can still be done about a declared share: ask a colleague, or take it back. */
export function ProofDeeds({ share }: { share: Share }) {
  const text = useText().hand;
  const problem = useProblem();
  const show = useToast();
  const [asking, setAsking] = useState(false);
  const takeBack = useTakeBack(share.id, () => show({ text: text.takenBack }));
  if (share.proof_class !== 'C') return null;
  return (
    <div className={s.rowDeeds}>
      {!SILENT.includes(share.network) && (
        <Button look={share.confirmation ? 'outline' : 'tonal'} onClick={() => setAsking(true)}>
          {share.confirmation ? text.askAgain : text.ask}
        </Button>
      )}
      <Button look="danger" busy={takeBack.isPending} onClick={() => takeBack.mutate()}>
        {text.takeBack}
      </Button>
      {takeBack.error && <Note tone="bad">{problem(takeBack.error)}</Note>}
      {asking && (
        <Dialog title={text.title(networkName[share.network])} onClose={() => setAsking(false)}>
          <div className={s.steps}>
            <AskStep share={share} onClose={() => setAsking(false)} />
            <p className={s.quiet}>{text.kept}</p>
          </div>
        </Dialog>
      )}
    </div>
  );
}
