import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call, type Schemas } from '../../api/client.ts';
import { connectionsQuery } from '../../api/queries.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Picture } from '../../components/Picture.tsx';
import { Note, useProblem } from '../../components/States.tsx';
import { shareLook } from '../../components/shareLook.ts';
import { useToast } from '../../components/Toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { withLine } from '../../lib/disclosure.ts';
import { outlived } from '../../lib/ending.ts';
import { useFormat } from '../../lib/format.ts';
import { networkName } from '../../lib/networks.ts';
import { Appeared } from './Appeared.tsx';
import { BackDeed, BackWords } from './back/Back.tsx';
import { ProofChip, ProofDeeds, ProofWords } from './hand/HandProof.tsx';
import s from './Shares.module.css';

const CANCELLABLE: Schemas['State'][] = ['planned', 'queued', 'held'];

/** One share: what happened to it, what one can do about it, and how often its link was opened. */
export function ShareRow({ share }: { share: Schemas['Share'] }) {
  const text = useText();
  const format = useFormat();
  const problem = useProblem();
  const show = useToast();
  const client = useQueryClient();
  const name = networkName[share.network];
  const look = shareLook[share.state];
  const words = text.shares.states[share.state];
  const declared = share.origin === 'declared';
  const back = share.taking_back;
  const gone = back?.removed_at;
  const cancel = useMutation({
    mutationFn: () => call(api.POST('/shares/{id}/cancel', { params: { path: { id: share.id } } })),
    onSuccess: () => show({ text: text.shares.cancelled }),
    onSettled: () => {
      for (const queryKey of [['shares'], ['posts'], ['year']]) void client.invalidateQueries({ queryKey });
    },
  });
  const { data: connections = [] } = useQuery({ ...connectionsQuery, enabled: share.state === 'planned' });
  const [ending] = outlived(
    connections.filter(({ network }) => network === share.network),
    share.state === 'planned' ? share.run_at : null,
  );
  const why = share.reason && (text.problems[share.reason.code] ?? share.reason.message);
  const until = share.reason?.until && text.shares.until(format.moment(share.reason.until));
  const reason = [why, until].filter(Boolean).join(' ');
  return (
    <li className={s.row} data-share={share.id}>
      <Picture src={share.post.image} small />
      <div className={s.body}>
        <h2 className={s.title}>
          <a href={share.post.link} target="_blank" rel="noreferrer">
            {share.post.title}
          </a>
        </h2>
        <p className={s.meta}>
          {gone ? (
            <Chip icon="close">{text.back.states.removed}</Chip>
          ) : declared ? (
            <ProofChip share={share} />
          ) : (
            <Chip tone={look.tone} icon={look.icon}>
              {words.name}
            </Chip>
          )}
          <span>
            {gone
              ? text.back.stood(format.moment(share.published_at ?? share.run_at), format.moment(gone), name)
              : declared
                ? text.hand.says(name, format.day(share.run_at))
                : words.says(format.moment(share.published_at ?? share.run_at), name)}
          </span>
          {share.state === 'published' && (
            <span>
              {text.hand.origins[share.origin]} · {text.hand.proof[share.proof_class]}
            </span>
          )}
        </p>
        {declared && !gone && <ProofWords share={share} />}
        {back && <BackWords share={share} back={back} />}
        {reason && share.state !== 'unknown' && (
          <Note tone={share.state === 'queued' ? 'info' : 'warn'}>{reason}</Note>
        )}
        {ending && <Note tone="warn">{text.ending.outlived(name, format.day(ending.expires_at))}</Note>}
        {share.state === 'unknown' && <Appeared share={share} />}
        {cancel.error && <Note tone="bad">{problem(cancel.error)}</Note>}
        {share.text && <p className={s.words}>{withLine(share.text, share.disclosure)}</p>}
      </div>
      <div className={s.right}>
        <p className={s.figures}>
          {share.state === 'published' && <span>{text.shares.clicks(share.clicks)}</span>}
          {share.week && <span>{text.shares.week(share.week.replace(/^\d+-W0?/, ''))}</span>}
        </p>
        {share.url && !gone && back?.state !== 'failed' && (
          <a href={share.url} target="_blank" rel="noreferrer" className={s.link}>
            {text.hand.view(name)}
            <Icon name="external" />
          </a>
        )}
        {share.reason?.code.startsWith('connection.') && (
          <ButtonLink href="/me">{text.shares.reconnect(name)}</ButtonLink>
        )}
        {declared && !gone && <ProofDeeds share={share} />}
        {back && <BackDeed share={share} back={back} />}
        {CANCELLABLE.includes(share.state) && (
          <Button look="danger" busy={cancel.isPending} onClick={() => cancel.mutate()}>
            {text.shares.cancel}
          </Button>
        )}
      </div>
    </li>
  );
}
