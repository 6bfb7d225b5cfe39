import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { useLocation } from 'wouter';
import type { Schemas } from '../../api/client.ts';
import { connectionsQuery } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { Chip } from '../../components/Chip.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Picture } from '../../components/Picture.tsx';
import { shareLook } from '../../components/shareLook.ts';
import { useText } from '../../i18n/index.tsx';
import { useFormat } from '../../lib/format.ts';
import type { Network } from '../../lib/networks.ts';
import { HandMenu } from './hand/HandMenu.tsx';
import s from './PostCard.module.css';
import { sharedAt } from './share/places.ts';

type Props = { post: Schemas['OfferedPost']; eager: boolean; onShare: (id: string, via?: Network) => void };

/** One post. Its button stays the same element once shared, so the focus is not lost when the dialog closes. */
export const PostCard = memo(function PostCard({ post, eager, onShare }: Props) {
  const text = useText();
  const format = useFormat();
  const [, navigate] = useLocation();
  const state = post.my_share?.state ?? 'cancelled';
  const open = state === 'cancelled';
  const word = text.home.states[state];
  const { data: connections } = useQuery({ ...connectionsQuery, enabled: !open });
  const there = sharedAt(post);
  const free = connections?.some(({ network, state }) => state === 'works' && !there.includes(network));
  return (
    <li className={s.item} data-post={post.id}>
      <article className={s.card}>
        <Picture src={post.image} eager={eager} />
        <div className={s.body}>
          <p className={s.meta}>
            <Chip>{post.topic.name}</Chip>
            {post.source && <span className={s.source}>{post.source}</span>}
            <time dateTime={post.published_at}>{format.ago(post.published_at)}</time>
          </p>
          <h2 className={s.title}>{post.title}</h2>
          {post.text && <p className={s.text}>{post.text}</p>}
        </div>
        <footer className={s.foot}>
          <a href={post.link} target="_blank" rel="noreferrer" className={s.read}>
            {post.domain}
            <Icon name="external" />
            <span className="hush">
              ({text.home.read}: {post.title}, {text.opensNewTab})
            </span>
          </a>
          {!open && free && (
            <Button
              look="quiet"
              icon="plus"
              square
              aria-label={text.home.elsewhere(post.title)}
              onClick={() => onShare(post.id)}
            />
          )}
          <Button
            look={open ? 'tonal' : 'quiet'}
            icon={open ? 'shares' : shareLook[state].icon}
            className={s[shareLook[state].tone] ?? ''}
            aria-label={open ? text.home.shareThis(post.title) : text.home.stateOf(word, post.title)}
            onClick={() => (open ? onShare(post.id) : navigate('/shares'))}
          >
            {word}
          </Button>
          <HandMenu square title={post.title} onChoose={network => onShare(post.id, network)} />
        </footer>
      </article>
    </li>
  );
});
