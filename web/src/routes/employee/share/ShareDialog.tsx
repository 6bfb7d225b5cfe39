import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ApiError, type Schemas } from '../../../api/client.ts';
import { connectionsQuery } from '../../../api/queries.ts';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { LinkedInCard } from '../../../components/LinkedInCard.tsx';
import type { Network } from '../../../components/networks.ts';
import { Note, useProblem } from '../../../components/States.tsx';
import { useLang, useText } from '../../../i18n/index.tsx';
import { orderCaptions, TEXT_LIMIT, wireLength } from '../../../lib/text.ts';
import { toInstant } from '../../../lib/zone.ts';
import { HandDialog } from '../hand/HandDialog.tsx';
import { HandMenu } from '../hand/HandMenu.tsx';
import { CaptionBar, CaptionEditor, Counter } from './Captions.tsx';
import { keepDraft, readDraft } from './draft.ts';
import s from './ShareDialog.module.css';
import { useConnect } from './useConnect.ts';
import { useShare } from './useShare.ts';
import { isPast, When } from './When.tsx';

type Props = {
  post: Schemas['OfferedPost'];
  me: Schemas['Me'];
  /** Where to share by hand at once. */
  via?: Network | undefined;
  onClose: () => void;
};

/** The second tap: the post as LinkedIn will show it, the text to choose or change, now or later. */
export function ShareDialog({ post, me, via, onClose }: Props) {
  const text = useText();
  const problem = useProblem();
  const { zone } = useLang();
  const captions = useMemo(() => orderCaptions(post.captions, me.language, me.id + post.id), [post, me]);
  const [draft] = useState(() => readDraft(post.id));
  const [index, setIndex] = useState(0);
  const [value, setValue] = useState(draft?.text ?? captions[0]?.text ?? post.title);
  const [at, setAt] = useState<string | null>(draft?.at || null);
  const [editing, setEditing] = useState(false);
  const [hand, setHand] = useState(via);
  const { data: connections } = useQuery(connectionsQuery);
  const linkedin = connections?.find(connection => connection.network === 'linkedin');
  const share = useShare(post, onClose);
  const connect = useConnect();
  const error = share.error ?? connect.error;
  const missing =
    (linkedin && linkedin.state !== 'works') ||
    (error instanceof ApiError && error.code === 'connection.missing');
  const ready = wireLength(value) <= TEXT_LIMIT && (at === null || (at !== '' && !isPast(at, zone)));

  const submit = () => share.mutate({ text: value, run_at: at ? toInstant(at, zone).toISOString() : null });
  const leave = () => {
    keepDraft(post.id, { text: value, at: at ?? '' });
    connect.mutate(`/?share=${post.id}`);
  };

  if (hand) return <HandDialog post={post} network={hand} text={value} onClose={onClose} />;
  return (
    <Dialog
      title={text.share.title}
      onClose={onClose}
      footer={
        <div className={s.foot}>
          {missing && linkedin && <Missing connection={linkedin} />}
          {error && !missing && <Note tone="bad">{problem(error)}</Note>}
          {missing ? (
            <div className={s.ways}>
              <Button
                look="primary"
                busy={connect.isPending}
                disabled={linkedin?.configured === false}
                onClick={leave}
              >
                {linkedin?.state === 'none' ? text.share.connect : text.share.reconnect}
              </Button>
              <Button look="primary" onClick={() => setHand('linkedin')}>
                {text.hand.choose}
              </Button>
              <p>{text.hand.equal}</p>
            </div>
          ) : (
            <>
              <When at={at} onChange={setAt} />
              <Button look="primary" busy={share.isPending || !linkedin} disabled={!ready} onClick={submit}>
                {at === null ? text.share.post : text.share.plan}
              </Button>
            </>
          )}
        </div>
      }
    >
      <p className="hush">{text.share.preview}</p>
      <CaptionBar
        index={index}
        count={captions.length}
        editing={editing}
        onEdit={setEditing}
        onTurn={next => {
          setIndex(next);
          setValue(captions[next]?.text ?? '');
        }}
      />
      <LinkedInCard
        author={me.name}
        text={value}
        editor={editing ? <CaptionEditor value={value} onChange={setValue} /> : undefined}
        title={post.title}
        domain={post.domain}
        image={post.image}
      />
      <Counter value={value} />
      <div className={s.others}>
        {!missing && (
          <Button look="quiet" onClick={() => setHand('linkedin')}>
            {text.hand.already}
          </Button>
        )}
        <HandMenu title={post.title} onChoose={setHand} />
      </div>
    </Dialog>
  );
}

function Missing({ connection }: { connection: Schemas['Connection'] }) {
  const text = useText();
  if (!connection.configured) return <Note tone="warn">{text.share.notConfigured}</Note>;
  return <Note>{connection.state === 'none' ? text.share.needsConnection : text.share.needsReconnect}</Note>;
}
