import { Link } from 'wouter';
import type { Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import l from '../../../components/List.module.css';
import { Note, useProblem } from '../../../components/States.tsx';
import { useMarketerText } from '../texts.ts';
import { FeedState, FeedTrouble, isLinkless, PollTimes } from './Health.tsx';
import { useFeedActions } from './useFeed.ts';

export function FeedRow({ feed }: { feed: Schemas['Feed'] }) {
  const text = useMarketerText().feeds;
  const problem = useProblem();
  const { patch, poll } = useFeedActions(feed.id);
  const paused = feed.state === 'paused';
  const error = patch.error ?? poll.error;
  return (
    <li className={l.row} data-feed={feed.id}>
      <div className={l.main}>
        <div className={l.head}>
          <h2 className={l.title}>
            <Link href={`/marketing/feeds/${feed.id}`}>{feed.title}</Link>
          </h2>
          <FeedState feed={feed} />
          <Chip>{feed.topic.name}</Chip>
        </div>
        <p className={l.address}>{feed.address}</p>
        <div className={l.meta}>
          <span>{text.items(feed.items)}</span>
          <span>{text.offered(feed.offered)}</span>
          {feed.held > 0 && <span>{text.held(feed.held)}</span>}
          {feed.dropped > 0 && <span>{text.dropped(feed.dropped)}</span>}
          <PollTimes feed={feed} />
        </div>
      </div>
      <div className={l.deeds}>
        <Button
          icon="refresh"
          busy={poll.isPending}
          aria-label={text.pollThis(feed.title)}
          onClick={() => poll.mutate()}
        >
          {text.poll}
        </Button>
        <Button
          look="quiet"
          icon={paused ? 'play' : 'pause'}
          busy={patch.isPending}
          aria-label={paused ? text.resumeThis(feed.title) : text.pauseThis(feed.title)}
          onClick={() => patch.mutate({ state: paused ? 'active' : 'paused' })}
        >
          {paused ? text.resume : text.pause}
        </Button>
      </div>
      {(feed.error || isLinkless(feed) || error) && (
        <div className={l.wide}>
          <FeedTrouble feed={feed} />
          {error && <Note tone="bad">{problem(error)}</Note>}
        </div>
      )}
    </li>
  );
}
