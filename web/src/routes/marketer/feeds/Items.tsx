import { useInfiniteQuery } from '@tanstack/react-query';
import { itemsQuery } from '../../../api/backoffice.ts';
import { Button } from '../../../components/Button.tsx';
import l from '../../../components/List.module.css';
import { Empty, Failed, Skeleton } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useMarketerText } from '../texts.ts';
import { ItemRow } from './ItemRow.tsx';

/** Everything the feed brought, and what became of it. */
export function Items({ id }: { id: string }) {
  const texts = useText();
  const text = useMarketerText().feed;
  const items = useInfiniteQuery(itemsQuery(id));
  const list = items.data?.pages.flatMap(page => page.items);
  if (items.error) return <Failed error={items.error} onRetry={() => items.refetch()} />;
  if (!list) return <Skeleton />;
  if (list.length === 0) return <Empty icon="feeds" title={text.noItems} />;
  return (
    <section aria-label={text.items}>
      <ul className={l.list}>
        {list.map(item => (
          <ItemRow key={item.id} item={item} />
        ))}
      </ul>
      {items.hasNextPage && (
        <div className={l.more}>
          <Button busy={items.isFetchingNextPage} onClick={() => items.fetchNextPage()}>
            {texts.more}
          </Button>
        </div>
      )}
    </section>
  );
}
