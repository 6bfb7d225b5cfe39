import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { feedsQuery } from '../../../api/backoffice.ts';
import type { Schemas } from '../../../api/client.ts';
import { ButtonLink } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import l from '../../../components/List.module.css';
import { Page } from '../../../components/Page.tsx';
import { Empty, Failed, Skeleton } from '../../../components/States.tsx';
import { FeedState, FeedTrouble } from '../feeds/Health.tsx';
import { progressOf } from './list.ts';
import s from './Opml.module.css';
import { useOpmlText } from './texts.ts';

/** Milliseconds between two looks while feeds wait for their first poll. */
const PACE = 2000;

/** The first polls of feeds that were imported: how many are done, and what went wrong. */
export function Progress({ ids }: { ids: string[] }) {
  const text = useOpmlText();
  const mine = (feeds: Schemas['Feed'][] | undefined) => feeds?.filter(feed => ids.includes(feed.id)) ?? [];
  const feeds = useQuery({
    ...feedsQuery,
    refetchInterval: query => progressOf(mine(query.state.data)).waiting.length > 0 && PACE,
    refetchOnMount: 'always',
  });
  if (feeds.error && !feeds.data) return <Failed error={feeds.error} onRetry={() => feeds.refetch()} />;
  const list = mine(feeds.data);
  const { good, bad, waiting } = progressOf(list);
  const polled = good.length + bad.length;
  const done = waiting.length === 0;
  return (
    <Page
      title={text.progressTitle}
      actions={
        <ButtonLink href="/marketing/feeds" look={done ? 'primary' : 'outline'}>
          {text.toFeeds}
        </ButtonLink>
      }
    >
      {ids.length === 0 || (feeds.isFetchedAfterMount && list.length === 0) ? (
        <Empty icon="feeds" title={text.nothingNew} />
      ) : feeds.data && (list.length === ids.length || feeds.isFetchedAfterMount) ? (
        <div className={s.page}>
          <div className={s.meter}>
            <progress value={polled} max={list.length} aria-label={text.progressTitle} />
            <p role="status">
              {done ? text.done(good.length, bad.length) : text.polled(polled, list.length)}
            </p>
            {!done && <p className={s.hint}>{text.leave}</p>}
          </div>
          <ul className={l.list}>
            {[...bad, ...good, ...waiting].map(feed => (
              <Row key={feed.id} feed={feed} />
            ))}
          </ul>
        </div>
      ) : (
        <Skeleton />
      )}
    </Page>
  );
}

function Row({ feed }: { feed: Schemas['Feed'] }) {
  const text = useOpmlText();
  return (
    <li className={l.row} data-feed={feed.id}>
      <div className={l.main}>
        <div className={l.head}>
          <h2 className={l.title}>
            <Link href={`/marketing/feeds/${feed.id}`}>{feed.title}</Link>
          </h2>
          {feed.last_polled_at || feed.error ? (
            <FeedState feed={feed} />
          ) : (
            <Chip icon="clock">{text.waits}</Chip>
          )}
        </div>
        <p className={l.address}>{feed.address}</p>
      </div>
      {feed.last_success_at && <span className={s.hint}>{text.read(feed.items)}</span>}
      {feed.error && (
        <div className={l.wide}>
          <FeedTrouble feed={feed} />
        </div>
      )}
    </li>
  );
}
