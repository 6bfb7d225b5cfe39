import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { itemsQuery } from '../../../api/backoffice.ts';
import { api, call, type Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import l from '../../../components/List.module.css';
import { Picture } from '../../../components/Picture.tsx';
import { Empty, Failed, Note, Skeleton, useProblem } from '../../../components/States.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { cx } from '../../../lib/cx.ts';
import { useFormat } from '../../../lib/format.ts';
import { postLook } from '../posts/postLook.ts';
import { useMarketerText } from '../texts.ts';

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

function ItemRow({ item }: { item: Schemas['Item'] }) {
  const text = useMarketerText();
  const format = useFormat();
  const problem = useProblem();
  const show = useToast();
  const client = useQueryClient();
  const title = item.title ?? text.add.noTitle;
  const offer = useMutation({
    mutationFn: () => call(api.POST('/items/{id}/offer', { params: { path: { id: item.id } } })),
    onSuccess: () => {
      show({ text: text.feed.offered });
      for (const queryKey of [['items'], ['library'], ['posts'], ['feeds']])
        void client.invalidateQueries({ queryKey });
    },
  });
  return (
    <li className={cx(l.row, l.pictured)}>
      <Picture src={item.image} small />
      <div className={l.main}>
        <h3 className={l.title}>
          <a href={item.link ?? undefined} target="_blank" rel="noreferrer">
            {title}
          </a>
        </h3>
        <div className={l.meta}>
          {item.published_at && <time dateTime={item.published_at}>{format.ago(item.published_at)}</time>}
          {item.baseline && !item.post && <span title={text.feed.baselineHint}>{text.feed.baseline}</span>}
        </div>
        {offer.error && <Note tone="bad">{problem(offer.error)}</Note>}
      </div>
      <div className={l.deeds}>
        {item.post ? (
          <Chip {...postLook[item.post.state]}>{text.posts.states[item.post.state]}</Chip>
        ) : (
          <Button
            look="tonal"
            busy={offer.isPending}
            aria-label={text.feed.offerThis(title)}
            onClick={() => offer.mutate()}
          >
            {text.feed.offer}
          </Button>
        )}
      </div>
    </li>
  );
}
