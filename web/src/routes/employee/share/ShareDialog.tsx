import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { ApiError, type Schemas } from '../../../api/client.ts';
import { connectionsQuery, organisationQuery } from '../../../api/queries.ts';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Segmented } from '../../../components/Segmented.tsx';
import { SocialCard } from '../../../components/SocialCard.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useLang, useText } from '../../../i18n/index.tsx';
import { missingLine, withLine } from '../../../lib/disclosure.ts';
import { outlived } from '../../../lib/ending.ts';
import { useFormat } from '../../../lib/format.ts';
import { leftAt, linkOf, withLink, withMentions } from '../../../lib/length.ts';
import { listed, type Network, networkName } from '../../../lib/networks.ts';
import { orderCaptions } from '../../../lib/text.ts';
import { toInstant } from '../../../lib/zone.ts';
import { HandDialog } from '../hand/HandDialog.tsx';
import { HandMenu } from '../hand/HandMenu.tsx';
import { AddedLine, CaptionBar, CaptionEditor, Counter } from './Captions.tsx';
import { Choose } from './Choose.tsx';
import { keepDraft, readDraft } from './draft.ts';
import { Mention } from './Mention.tsx';
import { Missing } from './Missing.tsx';
import { chosenAtFirst, sharedAt } from './places.ts';
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

/** The second tap: the post as each network will show it, the text to choose or change, now or later. */
export default function ShareDialog({ post, me, via, onClose }: Props) {
  const text = useText();
  const problem = useProblem();
  const format = useFormat();
  const { lang, zone } = useLang();
  const captions = useMemo(() => orderCaptions(post.captions, me.language, me.id + post.id), [post, me]);
  const [draft] = useState(() => readDraft(post.id));
  const [index, setIndex] = useState(0);
  const [value, setValue] = useState(draft?.text ?? captions[0]?.text ?? post.title);
  const [at, setAt] = useState<string | null>(draft?.at || null);
  const [editing, setEditing] = useState(false);
  const [hand, setHand] = useState(via);
  const [picked, setPicked] = useState<Network[]>();
  const [shown, setShown] = useState<Network>();
  const [picture, setPicture] = useState(draft?.asPicture ?? false);
  const { data: connections } = useQuery(connectionsQuery);
  const linkedin = connections?.find(connection => connection.network === 'linkedin');
  const working = connections?.filter(({ configured, state }) => configured && state === 'works') ?? [];
  const there = sharedAt(post);
  const chosen = picked ?? chosenAtFirst(working, there);
  const places = working.filter(connection => chosen.includes(connection.network));
  const runAt = at ? toInstant(at, zone).toISOString() : null;
  const [, navigate] = useLocation();
  const share = useShare(post, onClose);
  const connect = useConnect();
  const error = share.error ?? connect.error;
  const missing =
    (connections && working.length === 0) ||
    (error instanceof ApiError && error.code === 'connection.missing');
  const words = value.trim();
  const line = missingLine(words, post.disclosure);
  const whole = withLine(words, line);
  const asPicture = picture && Boolean(post.image) && chosen.includes('linkedin');
  const link = linkOf(post, location.origin);
  const page = useQuery(organisationQuery).data?.page;
  const counted = places.map(place => {
    if (place.network !== 'linkedin') return place;
    const limit = withMentions(place.text_limit, whole, page);
    return { ...place, text_limit: asPicture ? withLink(limit, link) : limit };
  });
  const isLong = ({ network, text_limit }: Schemas['Connection']) => leftAt(network, whole, text_limit) < 0;
  const counters = (shown: Schemas['Connection'][]) =>
    shown.map(connection => (
      <Counter key={connection.network} value={whole} connection={connection} named={places.length > 1} />
    ));
  const limits = counted.length > 0 || !linkedin ? counted : [linkedin];
  const long = limits.filter(isLong);
  const ready = places.length > 0 && long.length === 0 && (at === null || (at !== '' && !isPast(at, zone)));
  const preview = shown && chosen.includes(shown) ? shown : (chosen[0] ?? 'linkedin');

  const field = useRef<HTMLTextAreaElement>(null);
  const write = (next: string) => {
    setValue(next);
    setEditing(true);
    field.current?.focus(); // a field that only opens now takes the focus by itself
  };
  const keep = () => keepDraft(post.id, { text: value, at: at ?? '', asPicture: picture });
  const submit = () =>
    share.mutate({
      text: value,
      run_at: runAt,
      networks: places.map(({ network }) => network),
      asPicture,
    });
  const leave = () => {
    keep();
    connect.mutate({ network: 'linkedin', return_to: `/?share=${post.id}` });
  };

  const toAccounts = () => {
    keep();
    navigate('/me');
  };

  if (hand) return <HandDialog post={post} network={hand} text={value} onClose={onClose} />;
  return (
    <Dialog
      title={chosen.length > 0 ? text.share.title(listed(chosen, lang)) : text.share.titleNone}
      onClose={onClose}
      footer={
        <div className={s.foot}>
          {counters(long)}
          {missing && linkedin && <Missing linkedin={linkedin} />}
          {error && !missing && (
            <Note tone="bad">
              {share.failedAt && places.length > 1
                ? text.share.failedAt(networkName[share.failedAt], problem(error))
                : problem(error)}
            </Note>
          )}
          {missing ? (
            <div className={s.ways}>
              <Button
                look="primary"
                busy={connect.isPending}
                onClick={linkedin?.configured ? leave : toAccounts}
              >
                {!linkedin?.configured
                  ? text.share.toAccounts
                  : linkedin.state === 'none'
                    ? text.share.connect
                    : text.share.reconnect}
              </Button>
              <Button look="primary" onClick={() => setHand('linkedin')}>
                {text.hand.choose}
              </Button>
              <p>{text.hand.equal}</p>
            </div>
          ) : (
            <>
              <When at={at} onChange={setAt} />
              {outlived(places, runAt).map(({ network, expires_at }) => (
                <Note key={network} tone="warn">
                  {text.ending.outlived(networkName[network], format.day(expires_at))}
                </Note>
              ))}
              <Button
                look="primary"
                busy={share.isPending || !connections}
                disabled={!ready}
                onClick={submit}
              >
                {at === null ? text.share.post : text.share.plan}
              </Button>
            </>
          )}
        </div>
      }
    >
      <p className="hush">{text.share.preview(networkName[preview])}</p>
      {(working.length > 1 || there.length > 0) && (
        <Choose connections={working} there={there} chosen={chosen} onChoose={setPicked} />
      )}
      {connections && !missing && chosen.length === 0 && <Note tone="warn">{text.share.none}</Note>}
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
      {page && chosen.includes('linkedin') && <Mention page={page} value={value} onAdd={write} />}
      {chosen.length > 1 && (
        <div className={s.previews}>
          <Segmented
            quiet
            legend={text.share.previewOf}
            value={preview}
            onChange={setShown}
            options={chosen.map(network => ({ value: network, label: networkName[network] }))}
          />
        </div>
      )}
      {post.image && preview === 'linkedin' && !missing && (
        <div className={s.previews}>
          <Segmented
            quiet
            legend={text.share.look}
            value={picture ? 'picture' : 'card'}
            onChange={look => setPicture(look === 'picture')}
            options={[
              { value: 'card', label: text.share.asCard },
              { value: 'picture', label: text.share.asPicture },
            ]}
          />
        </div>
      )}
      <SocialCard
        network={preview}
        author={me.name}
        text={whole}
        editor={
          editing ? <CaptionEditor ref={field} value={value} onChange={setValue} below={line} /> : undefined
        }
        title={post.title}
        summary={post.text}
        domain={post.domain}
        image={post.image}
        page={page}
        pictureLink={asPicture ? shownLink(link) : undefined}
      />
      {line && <AddedLine line={line} />}
      {counters(limits.filter(place => !isLong(place)))}
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

/** A link as a reader sees it: a counting link gets its code when the post goes out. */
const shownLink = (link: string) => link.replace(/xxxxxxxx$/, '…');
