import { useQuery } from '@tanstack/react-query';
import { feedsQuery } from '../../../api/backoffice.ts';
import { ButtonLink, DownloadLink } from '../../../components/Button.tsx';
import l from '../../../components/List.module.css';
import { Page } from '../../../components/Page.tsx';
import { Empty, Failed, Skeleton } from '../../../components/States.tsx';
import { useOpmlText } from '../opml/texts.ts';
import { useMarketerText } from '../texts.ts';
import { FeedRow } from './FeedRow.tsx';

/** Every followed feed with its health. */
export function Feeds() {
  const text = useMarketerText().feeds;
  const opml = useOpmlText();
  const feeds = useQuery(feedsQuery);
  const add = (
    <ButtonLink href="/marketing/feeds/new" look="primary" icon="plus">
      {text.add}
    </ButtonLink>
  );
  const imports = (
    <ButtonLink look="quiet" href="/marketing/feeds/import">
      {opml.importFeeds}
    </ButtonLink>
  );
  return (
    <Page title={text.title} actions={feeds.data?.length ? add : undefined}>
      {feeds.data ? (
        feeds.data.length > 0 ? (
          <>
            <ul className={l.list}>
              {feeds.data.map(feed => (
                <FeedRow key={feed.id} feed={feed} />
              ))}
            </ul>
            <div className={l.more}>
              {imports}
              <DownloadLink href="/api/feeds.opml" icon="download">
                {opml.exportFeeds}
              </DownloadLink>
            </div>
            <p className={l.aside}>{opml.exportHint}</p>
          </>
        ) : (
          <Empty
            icon="feeds"
            title={text.emptyTitle}
            action={
              <div className={l.deeds}>
                {add}
                {imports}
              </div>
            }
          >
            {text.emptyText}
          </Empty>
        )
      ) : feeds.error ? (
        <Failed title={text.errorText} error={feeds.error} onRetry={() => feeds.refetch()} />
      ) : (
        <Skeleton />
      )}
    </Page>
  );
}
