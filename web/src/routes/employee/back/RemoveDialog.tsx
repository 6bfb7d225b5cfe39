import type { Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useFormat } from '../../../lib/format.ts';
import { networkName } from '../../../lib/networks.ts';
import s from '../Shares.module.css';
import { useBack } from './useBack.ts';

type Props = { share: Schemas['Share']; back: Schemas['TakingBack']; onClose: () => void };

/** Asks before a share is removed, and says what happens to the week. */
export function RemoveDialog({ share, back, onClose }: Props) {
  const text = useText().back;
  const format = useFormat();
  const problem = useProblem();
  const name = networkName[share.network];
  const { remove } = useBack(share.id, onClose);
  const week = back.withdrawn
    ? text.asked
    : back.costs_until
      ? text.costs(format.moment(back.costs_until))
      : text.keeps;
  return (
    <Dialog
      title={text.title(name)}
      onClose={onClose}
      footer={
        <div className={s.answers}>
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate(!back.through_network)}>
            {back.through_network ? text.remove(name) : text.myself}
          </Button>
          <Button onClick={onClose}>{text.stay}</Button>
        </div>
      }
    >
      <div className={s.asking}>
        <p className={s.title}>{share.post.title}</p>
        {back.through_network ? (
          <p>
            {text.gone(name)} {text.once}
          </p>
        ) : (
          <p>{text.byHand(name)}</p>
        )}
        {!back.through_network && share.url && (
          <a href={share.url} target="_blank" rel="noreferrer" className={s.link}>
            {text.open(name)}
            <Icon name="external" />
          </a>
        )}
        <Note tone={back.costs_until ? 'warn' : 'info'}>{week}</Note>
        {remove.error && <Note tone="bad">{problem(remove.error)}</Note>}
      </div>
    </Dialog>
  );
}
