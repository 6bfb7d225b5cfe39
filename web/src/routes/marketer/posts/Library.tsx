import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { libraryQuery } from '../../../api/backoffice.ts';
import type { Schemas } from '../../../api/client.ts';
import { Button, ButtonLink } from '../../../components/Button.tsx';
import l from '../../../components/List.module.css';
import { Page } from '../../../components/Page.tsx';
import { Search } from '../../../components/Search.tsx';
import { Empty, Failed, Skeleton } from '../../../components/States.tsx';
import { Tabs } from '../../../components/Tabs.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useParam } from '../../../lib/params.ts';
import { useMarketerText } from '../texts.ts';
import { EditPost } from './EditPost.tsx';
import { PostRow } from './PostRow.tsx';

const STATES: Schemas['PostState'][] = ['in_review', 'live', 'draft', 'withdrawn', 'expired'];

/** All posts by state: approve, change, withdraw, and see how often they were shared. */
export function Library() {
  const texts = useText();
  const text = useMarketerText().posts;
  const [state, setState] = useParam('state');
  const [q, setQ] = useParam('q');
  const [editing, setEditing] = useState<Schemas['LibraryPost'] | null>(null);
  const posts = useInfiniteQuery({ ...libraryQuery({ state, q }), placeholderData: previous => previous });
  const items = posts.data?.pages.flatMap(page => page.items);
  return (
    <Page
      title={text.title}
      actions={
        <ButtonLink href="/marketing/posts/new" look="primary" icon="plus">
          {text.add}
        </ButtonLink>
      }
    >
      <div className={l.bar}>
        <Tabs
          legend={text.filter}
          value={state}
          onChange={setState}
          options={[
            { value: '', label: texts.all },
            ...STATES.map(value => ({ value, label: text.states[value] })),
          ]}
        />
        <Search key={q ? 'some' : 'none'} label={text.search} value={q} onSearch={setQ} />
      </div>
      {items ? (
        items.length > 0 ? (
          <ul className={l.list}>
            {items.map(post => (
              <PostRow key={post.id} post={post} onEdit={() => setEditing(post)} />
            ))}
          </ul>
        ) : (
          <Empty icon="posts" title={text.emptyTitle}>
            {text.emptyText}
          </Empty>
        )
      ) : posts.error ? (
        <Failed title={text.errorText} error={posts.error} onRetry={() => posts.refetch()} />
      ) : (
        <Skeleton />
      )}
      {posts.hasNextPage && (
        <div className={l.more}>
          <Button busy={posts.isFetchingNextPage} onClick={() => posts.fetchNextPage()}>
            {texts.more}
          </Button>
        </div>
      )}
      {editing && <EditPost post={editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}
