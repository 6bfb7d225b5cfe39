import { useState } from 'react';
import type { Schemas } from '../../../api/client.ts';
import { Button, ExternalLink } from '../../../components/Button.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { networkName } from '../../../lib/networks.ts';
import s from './Hand.module.css';

type Props = {
  dialog: Schemas['NetworkDialog'];
  busy: boolean;
  error: unknown;
  onYes: () => void;
  onNo: () => void;
};

/** Opens the network's own dialog in a new tab, then asks whether it was shared. Before the yes nothing is recorded. */
export function OpenStep({ dialog, busy, error, onYes, onNo }: Props) {
  const text = useText().hand;
  const problem = useProblem();
  const show = useToast();
  const [opened, setOpened] = useState(false);
  const { text: words } = dialog;
  const network = networkName[dialog.network];
  const copy = () => {
    const all = dialog.address ? words : `${words}\n\n${dialog.link}`;
    void navigator.clipboard?.writeText(all).then(() => show({ text: text.copied }));
  };
  return (
    <>
      <p className={s.words}>{words}</p>
      {dialog.is_cut && <Note tone="warn">{text.cut(network)}</Note>}
      {!dialog.takes_text && <p>{dialog.address ? text.paste(network) : text.noDialog}</p>}
      <div className={s.deeds}>
        {dialog.address && (
          <ExternalLink
            href={dialog.address}
            onClick={() => {
              if (!dialog.takes_text) copy();
              setOpened(true);
            }}
          >
            {text.open(network)}
          </ExternalLink>
        )}
        {!dialog.takes_text && (
          <Button
            icon="copy"
            onClick={() => {
              copy();
              if (!dialog.address) setOpened(true);
            }}
          >
            {text.copy}
          </Button>
        )}
      </div>
      {opened && (
        <fieldset className={s.question}>
          <legend>{text.done}</legend>
          <div className={s.deeds}>
            <Button look="primary" busy={busy} onClick={onYes}>
              {text.yes}
            </Button>
            <Button onClick={onNo}>{text.no}</Button>
          </div>
        </fieldset>
      )}
      {error ? <Note tone="bad">{problem(error)}</Note> : null}
    </>
  );
}
