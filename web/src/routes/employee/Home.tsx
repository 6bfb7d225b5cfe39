import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useDeferredValue, useState } from 'react';
import type { Schemas } from '../../api/client.ts';
import { postQuery, postsQuery } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { Page } from '../../components/Page.tsx';
import { Search } from '../../components/Search.tsx';
import { Empty, Failed, Skeleton } from '../../components/States.tsx';
import { useText } from '../../i18n/index.tsx';
import { isNetwork, type Network } from '../../lib/networks.ts';
import { useParam } from '../../lib/params.ts';
import { AskedBack } from './back/AskedBack.tsx';
import { Endings } from './Endings.tsx';
import s from './Home.module.css';
import { ToConfirm } from './hand/ToConfirm.tsx';
import { PostCard } from './PostCard.tsx';
import { Progress } from './Progress.tsx';
import { Topics } from './Topics.tsx';
import { Unanswered } from './Unanswered.tsx';

type Post = Schemas['OfferedPost'];

/** Comes along when somebody reaches for a post, so that the first load stays small. */
const loadDialog = () => import('./share/ShareDialog.tsx');
const ShareDialog = lazy(loadDialog);

/** The start page of an employee: the posts, the week, and the share dialog, whose post is in the address. */
export function Home({ me }: { me: Schemas['Me'] }) {
  const text = useText();
  const [topic, setTopic] = useParam('topic');
  const [q, setQ] = useParam('q');
  const [sharing, setSharing] = useParam('share');
  const filter = useDeferredValue({ topic, q });
  const posts = useInfiniteQuery({ ...postsQuery(filter), placeholderData: previous => previous });
  // Stays the same function, so that opening the dialog does not draw every card again.
  const share = useCallback(
    (id: string, via?: Network) => setSharing(via ? `${id}.${via}` : id, { push: true }),
    [setSharing],
  );
  const [id = '', via] = sharing.split('.');
  const items = posts.data?.pages.flatMap(page => page.items);
  return (
    <Page
      title={text.home.title}
      actions={<Search key={q ? 'some' : 'none'} label={text.home.searchLabel} value={q} onSearch={setQ} />}
    >
      <div className={s.layout}>
        <Progress ready={items !== undefined} />
        <div className={s.stream}>
          <AskedBack />
          <Unanswered />
          <Endings />
          <ToConfirm />
          <Topics topic={topic} onTopic={setTopic} ready={items !== undefined} />
          {items ? (
            <List
              items={items}
              filtered={Boolean(topic || q)}
              onClear={() => [setTopic(''), setQ('')]}
              onShare={share}
            />
          ) : posts.error ? (
            <Failed title={text.home.errorText} error={posts.error} onRetry={() => posts.refetch()} />
          ) : (
            <Skeleton shape="cards" />
          )}
          {posts.hasNextPage && (
            <Button
              className={s.more ?? ''}
              busy={posts.isFetchingNextPage}
              onClick={() => posts.fetchNextPage()}
            >
              {text.more}
            </Button>
          )}
        </div>
      </div>
      {sharing && items && (
        <Sharing
          id={id}
          me={me}
          via={isNetwork(via) ? via : undefined}
          known={items.find(post => post.id === id)}
          onClose={() => setSharing('')}
        />
      )}
    </Page>
  );
}

type ListProps = {
  items: Post[];
  filtered: boolean;
  onClear: () => void;
  onShare: (id: string, via?: Network) => void;
};

function List({ items, filtered, onClear, onShare }: ListProps) {
  const text = useText();
  if (items.length === 0) {
    return filtered ? (
      <Empty
        icon="search"
        title={text.home.noHitTitle}
        action={<Button onClick={onClear}>{text.home.clear}</Button>}
      >
        {text.home.noHitText}
      </Empty>
    ) : (
      <Empty title={text.home.emptyTitle}>{text.home.emptyText}</Empty>
    );
  }
  return (
    <ul className={s.cards} onPointerEnter={loadDialog} onFocus={loadDialog}>
      {items.map((post, index) => (
        <PostCard key={post.id} post={post} eager={index < 4} onShare={onShare} />
      ))}
    </ul>
  );
}

type SharingProps = {
  id: string;
  me: Schemas['Me'];
  via: Network | undefined;
  known: Post | undefined;
  onClose: () => void;
};

/** Opens the dialog on a post of the list, or on one that a link points at. */
function Sharing({ id, me, via, known, onClose }: SharingProps) {
  const [held] = useState(known);
  const { data } = useQuery({ ...postQuery(id), enabled: !held });
  const post = held ?? data;
  return <Suspense>{post && <ShareDialog post={post} me={me} via={via} onClose={onClose} />}</Suspense>;
}
