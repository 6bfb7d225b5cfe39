import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call, type Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import l from '../../../components/List.module.css';
import { Picture } from '../../../components/Picture.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { cx } from '../../../lib/cx.ts';
import { useFormat } from '../../../lib/format.ts';
import { useOnce } from '../../../lib/once.ts';
import { useMarketerText } from '../texts.ts';
import s from './Posts.module.css';
import { postLook } from './postLook.ts';
import { Withdraw } from './Withdraw.tsx';

type Post = Schemas['LibraryPost'];

/** One post of the library with its totals; totals of fewer than five people stay hidden. */
export function PostRow({ post, onEdit }: { post: Post; onEdit: () => void }) {
  const texts = useText();
  const { posts: text, settings } = useMarketerText();
  const format = useFormat();
  const problem = useProblem();
  const show = useToast();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const live = post.state === 'live';
  const review = post.state === 'in_review';
  const change = useOnce({
    mutationFn: (state: 'live' | 'withdrawn') =>
      call(api.PATCH('/posts/{id}', { params: { path: { id: post.id } }, body: { state } })),
    onSuccess: (_, state) => {
      for (const queryKey of [['posts'], ['feeds'], ['items']]) void client.invalidateQueries({ queryKey });
      setAsking(false);
      if (state === 'live') show({ text: text.approved });
      else show({ text: text.withdrawn, action: { label: text.undo, run: () => change.mutate('live') } });
      // Busy until the row shows what it has become.
      return client.invalidateQueries({ queryKey: ['library'] });
    },
  });
  return (
    <li className={cx(l.row, l.pictured)} data-post={post.id}>
      <Picture src={post.image} small />
      <div className={l.main}>
        <h2 className={l.title}>
          <a href={post.link} target="_blank" rel="noreferrer">
            {post.title}
          </a>
        </h2>
        <div className={l.meta}>
          <span className={l.plain}>
            <Chip {...postLook[post.state]}>{text.states[post.state]}</Chip>
          </span>
          <span className={l.plain}>{post.topic.name}</span>
          <span>{post.source || text.written}</span>
          <time dateTime={post.published_at}>{format.ago(post.published_at)}</time>
          <span>{text.captions(post.captions.length)}</span>
          {post.audience.length > 0 && <span>{settings.audienceIs(post.audience)}</span>}
        </div>
        {change.error && <Note tone="bad">{problem(change.error)}</Note>}
      </div>
      <div className={s.right}>
        {live && (
          <Button
            key="withdraw"
            look="quiet"
            aria-expanded={asking}
            aria-label={text.withdrawThis(post.title)}
            onClick={() => setAsking(!asking)}
          >
            {text.withdraw}
          </Button>
        )}
        <dl className={s.totals}>
          <Total name={text.shares} value={post.shares} />
          <Total name={text.clicks} value={post.clicks} />
        </dl>
        {!live && (
          <Button
            key="live"
            look={review ? 'primary' : 'outline'}
            busy={change.isPending}
            aria-label={review ? text.approveThis(post.title) : text.goLiveThis(post.title)}
            onClick={() => change.mutate('live')}
          >
            {review ? text.approve : text.goLive}
          </Button>
        )}
        <Button
          look="quiet"
          icon="edit"
          square
          aria-label={text.editThis(post.title)}
          title={texts.edit}
          onClick={onEdit}
        />
      </div>
      {live && asking && (
        <Withdraw
          post={post}
          busy={change.isPending}
          onStay={() => setAsking(false)}
          onWithdraw={() => change.mutate('withdrawn')}
        />
      )}
    </li>
  );
}

function Total({ name, value }: { name: string; value: number | null | undefined }) {
  const text = useMarketerText().posts;
  const format = useFormat();
  return (
    <div>
      <dt>{name}</dt>
      <dd title={value == null ? text.fewHint : undefined}>
        {value == null ? text.few : format.number(value)}
      </dd>
    </div>
  );
}
