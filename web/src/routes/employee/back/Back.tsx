import { useState } from 'react';
import type { Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useFormat } from '../../../lib/format.ts';
import { networkName } from '../../../lib/networks.ts';
import s from '../Shares.module.css';
import { RemoveDialog } from './RemoveDialog.tsx';
import { useBack } from './useBack.ts';

type Props = { share: Schemas['Share']; back: Schemas['TakingBack'] };

/** What has come of taking a share back, or the question of the company that took the post back. */
export function BackWords({ share, back }: Props) {
  const texts = useText();
  const text = texts.back;
  const name = networkName[share.network];
  if (back.asked) return <Asked share={share} back={back} />;
  if (back.state === 'removed') return <p>{back.keeps_counting ? text.counts : text.lost}</p>;
  const why = back.reason && (texts.problems[back.reason.code] ?? back.reason.message);
  if (back.state === 'waiting')
    return <Note>{[text.states.waiting(name), why].filter(Boolean).join(' ')}</Note>;
  if (back.state === 'failed') return <Failed share={share} back={back} why={why ?? ''} />;
  return null;
}

/** The way to take a share back that nobody asks about. */
export function BackDeed({ share, back }: Props) {
  const text = useText().back;
  const [asking, setAsking] = useState(false);
  if (back.asked || !back.through_network || (back.state && back.state !== 'kept')) return null;
  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        {text.remove(networkName[share.network])}
      </Button>
      {asking && <RemoveDialog share={share} back={back} onClose={() => setAsking(false)} />}
    </>
  );
}

function Asked({ share, back }: Props) {
  const text = useText().back;
  const problem = useProblem();
  const name = networkName[share.network];
  const [asking, setAsking] = useState(false);
  const { keep } = useBack(share.id);
  return (
    <fieldset className={s.question}>
      <legend>{text.question(name)}</legend>
      <div className={s.answers}>
        <Button look="tonal" onClick={() => setAsking(true)}>
          {text.remove(name)}
        </Button>
        <Button busy={keep.isPending} onClick={() => keep.mutate()}>
          {text.keep}
        </Button>
      </div>
      {keep.error && <Note tone="bad">{problem(keep.error)}</Note>}
      {asking && <RemoveDialog share={share} back={back} onClose={() => setAsking(false)} />}
    </fieldset>
  );
}

function Failed({ share, back, why }: Props & { why: string }) {
  const text = useText().back;
  const format = useFormat();
  const problem = useProblem();
  const { remove, keep } = useBack(share.id);
  const error = remove.error ?? keep.error;
  return (
    <div className={s.asking}>
      <Note tone="warn">
        {text.states.failed} {why} {back.costs_until && text.costs(format.moment(back.costs_until))}
      </Note>
      <div className={s.answers}>
        {share.url && (
          <a href={share.url} target="_blank" rel="noreferrer" className={s.link}>
            {text.open(networkName[share.network])}
            <Icon name="external" />
          </a>
        )}
        <Button busy={remove.isPending} onClick={() => remove.mutate(false)}>
          {text.again}
        </Button>
        <Button look="quiet" busy={remove.isPending} onClick={() => remove.mutate(true)}>
          {text.myself}
        </Button>
        {back.withdrawn && (
          <Button look="quiet" busy={keep.isPending} onClick={() => keep.mutate()}>
            {text.keep}
          </Button>
        )}
      </div>
      {error && <Note tone="bad">{problem(error)}</Note>}
    </div>
  );
}
