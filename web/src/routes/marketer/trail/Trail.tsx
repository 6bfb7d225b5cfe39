import { useInfiniteQuery } from '@tanstack/react-query';
import { trailQuery } from '../../../api/backoffice.ts';
import { Button } from '../../../components/Button.tsx';
import l from '../../../components/List.module.css';
import { Page } from '../../../components/Page.tsx';
import { Search } from '../../../components/Search.tsx';
import { Empty, Failed, Skeleton } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useParam } from '../../../lib/params.ts';
import { ItemRow } from '../feeds/ItemRow.tsx';
import { None } from './None.tsx';
import s from './Trail.module.css';
import { useTrailText } from './texts.ts';

/** So few that their ways are open at once. */
const FEW = 3;

/** "Why is my article not there?": searches what all feeds brought, and tells the way of each hit. */
export function Trail() {
  const text = useTrailText();
  const [q, setQ] = useParam('q');
  return (
    <Page title={text.title} sub={text.sub} width="text">
      <div className={s.search}>
        <Search label={text.search} value={q} onSearch={setQ} />
      </div>
      {q ? (
        <Hits key={q} q={q} />
      ) : (
        <Empty icon="trail" title={text.startTitle}>
          {text.startText}
        </Empty>
      )}
    </Page>
  );
}

function Hits({ q }: { q: string }) {
  const texts = useText();
  const text = useTrailText();
  const hits = useInfiniteQuery(trailQuery(q));
  const items = hits.data?.pages.flatMap(page => page.items);
  if (hits.error && !items)
    return <Failed title={text.errorText} error={hits.error} onRetry={() => hits.refetch()} />;
  if (!items) return <Skeleton count={3} />;
  if (items.length === 0) return <None q={q} />;
  return (
    <>
      <p className={s.found} role="status">
        {text.found(items.length, hits.hasNextPage)}
      </p>
      <ul className={l.list}>
        {items.map(item => (
          <ItemRow key={item.id} item={item} opened={items.length <= FEW} withFeed />
        ))}
      </ul>
      {hits.hasNextPage && (
        <div className={l.more}>
          <Button busy={hits.isFetchingNextPage} onClick={() => hits.fetchNextPage()}>
            {texts.more}
          </Button>
        </div>
      )}
    </>
  );
}
