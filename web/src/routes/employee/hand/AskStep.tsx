import type { Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import s from './Hand.module.css';
import { LinkForm } from './LinkForm.tsx';
import { useAsk } from './useHand.ts';

type Props = { share: Schemas['Share']; onClose: () => void };

/** After "done": the link makes of one's word a share that counts like any other. */
export function AskStep({ share, onClose }: Props) {
  const text = useText().hand;
  const show = useToast();
  const ask = useAsk(share.id, onClose);
  return (
    <div className={s.form}>
      <p>{text.proofHint}</p>
      <p className={s.quiet}>{text.wordOnly}</p>
      <LinkForm
        url={share.confirmation?.url}
        busy={ask.isPending}
        error={ask.error}
        onSend={({ url, colleague }) =>
          ask.mutate(
            { url, confirmer_id: colleague.id },
            { onSuccess: () => show({ text: text.asked(colleague.name) }) },
          )
        }
      />
      <Button look="quiet" onClick={onClose}>
        {text.later}
      </Button>
    </div>
  );
}
