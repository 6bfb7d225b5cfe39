import { useQuery } from '@tanstack/react-query';
import { feedQuery } from '../../../api/backoffice.ts';
import type { Schemas } from '../../../api/client.ts';
import { Button, ButtonLink } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import l from '../../../components/List.module.css';
import { Page } from '../../../components/Page.tsx';
import { Failed, Skeleton } from '../../../components/States.tsx';
import { FilterSummary } from '../filters/FilterSummary.tsx';
import { useWizardText } from '../mapping/texts.ts';
import { useMarketerText } from '../texts.ts';
import { ChangeFeed } from './ChangeFeed.tsx';
import s from './Feed.module.css';
import { FeedState, FeedTrouble, PollTimes } from './Health.tsx';
import { Items } from './Items.tsx';
import { useFeedActions } from './useFeed.ts';

/** One feed: its health, its items, its settings. */
export function Feed({ id }: { id: string }) {
  const text = useMarketerText();
  const feed = useQuery(feedQuery(id));
  if (feed.error)
    return <Failed title={text.feed.errorText} error={feed.error} onRetry={() => feed.refetch()} />;
  return (
    <Page
      title={feed.data?.title ?? text.feeds.title}
      sub={feed.data?.address}
      actions={feed.data && <Actions feed={feed.data} />}
    >
      {feed.data ? (
        <div className={s.layout}>
          <div className={s.main}>
            <div className={l.head}>
              <FeedState feed={feed.data} />
              {feed.data.definition && <Chip>{feed.data.definition}</Chip>}
              <div className={l.meta}>
                <PollTimes feed={feed.data} />
              </div>
            </div>
            <FeedTrouble feed={feed.data} />
            <FilterSummary feed={feed.data} />
            <Items id={id} />
          </div>
          <ChangeFeed key={feed.data.id} feed={feed.data} />
        </div>
      ) : (
        <Skeleton />
      )}
    </Page>
  );
}

function Actions({ feed }: { feed: Schemas['Feed'] }) {
  const text = useMarketerText().feeds;
  const mapping = useWizardText().edit.link;
  const { patch, poll } = useFeedActions(feed.id);
  const paused = feed.state === 'paused';
  return (
    <>
      <ButtonLink href={`/marketing/feeds/${feed.id}/mapping`} icon="aim">
        {mapping}
      </ButtonLink>
      <Button icon="refresh" busy={poll.isPending} onClick={() => poll.mutate()}>
        {text.poll}
      </Button>
      <Button
        icon={paused ? 'play' : 'pause'}
        busy={patch.isPending}
        onClick={() => patch.mutate({ state: paused ? 'active' : 'paused' })}
      >
        {paused ? text.resume : text.pause}
      </Button>
    </>
  );
}
