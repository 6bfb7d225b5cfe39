import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { type Network, networkName } from '../../../lib/networks.ts';
import s from './Me.module.css';

/** Asks before an account is disconnected. */
export function Disconnect({ network, onClose }: { network: Network; onClose: () => void }) {
  const text = useText();
  const problem = useProblem();
  const show = useToast();
  const client = useQueryClient();
  const disconnect = useMutation({
    mutationFn: () => call(api.DELETE('/connections/{network}', { params: { path: { network } } })),
    onSuccess: () => {
      show({ text: text.me.disconnected });
      void client.invalidateQueries();
      onClose();
    },
  });
  return (
    <Dialog
      title={text.me.disconnectTitle(networkName[network])}
      onClose={onClose}
      footer={
        <div className={s.deeds}>
          <Button look="danger" busy={disconnect.isPending} onClick={() => disconnect.mutate()}>
            {text.me.disconnect}
          </Button>
          <Button onClick={onClose}>{text.cancel}</Button>
        </div>
      }
    >
      <p>{text.me.disconnectText}</p>
      {disconnect.error && <Note tone="bad">{problem(disconnect.error)}</Note>}
    </Dialog>
  );
}
