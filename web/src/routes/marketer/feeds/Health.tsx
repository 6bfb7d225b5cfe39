import type { Schemas } from '../../../api/client.ts';
import { Button, ButtonLink } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useFormat } from '../../../lib/format.ts';
import { useMarketerText } from '../texts.ts';
import s from './Health.module.css';
import { useFeedActions } from './useFeed.ts';

type Feed = Schemas['Feed'];

/** The alarm that a field which all items had is gone from all. */
const SHAPE = 'feed.shape';

/** Whether no item leads anywhere, so that no post can come of any. */
export const isLinkless = ({ items, linked }: Pick<Feed, 'items' | 'linked'>) => items > 0 && linked === 0;

/** Works, paused, error, or not polled yet, as a word. */
export function FeedState({ feed }: { feed: Feed }) {
  const text = useMarketerText().feeds.state;
  if (feed.state === 'paused') return <Chip icon="pause">{text.paused}</Chip>;
  if (feed.error) {
    return (
      <Chip tone="bad" icon="alert">
        {feed.error.code === SHAPE ? text.shape : text.error}
      </Chip>
    );
  }
  if (isLinkless(feed)) {
    return (
      <Chip tone="warn" icon="alert">
        {text.linkless}
      </Chip>
    );
  }
  if (!feed.last_polled_at) {
    return (
      <Chip tone="info" icon="clock">
        {text.waits}
      </Chip>
    );
  }
  return (
    <Chip tone="good" icon="check">
      {text.active}
    </Chip>
  );
}

/** The last error in words: what failed, since when, when it last went well. */
export function FeedTrouble({ feed }: { feed: Feed }) {
  const problems = useText().problems;
  const texts = useMarketerText();
  const text = texts.feeds;
  const format = useFormat();
  if (!feed.error) return isLinkless(feed) ? <NoLinks feed={feed} /> : null;
  const { stage, code, message, since } = feed.error;
  if (code === SHAPE) return <ShapeAlarm feed={feed} message={texts.shape(message)} />;
  return (
    <Note tone="warn">
      <strong>{text.stages[stage]}:</strong> {problems[code] ?? message}{' '}
      <span className="num">
        ({text.since(format.moment(since))}
        {feed.last_success_at && `; ${text.goodSince(format.moment(feed.last_success_at))}`})
      </span>
    </Note>
  );
}

/** The mapping finds no link in any item. */
function NoLinks({ feed }: { feed: Feed }) {
  const text = useMarketerText().feeds;
  return (
    <Note
      tone="warn"
      action={<ButtonLink href={`/marketing/feeds/${feed.id}/mapping`}>{text.mend}</ButtonLink>}
    >
      {text.noLinks}
    </Note>
  );
}

/** The publisher changed something: mend the reading, or say that it is meant to be so. */
function ShapeAlarm({ feed, message }: { feed: Feed; message: string }) {
  const text = useMarketerText().feeds;
  const problem = useProblem();
  const { shape } = useFeedActions(feed.id);
  return (
    <Note tone="warn">
      <p>{message}</p>
      <div className={s.deeds}>
        <ButtonLink href={`/marketing/feeds/${feed.id}/mapping`}>{text.mend}</ButtonLink>
        <Button busy={shape.isPending} onClick={() => shape.mutate()}>
          {text.meant}
        </Button>
      </div>
      {shape.error && <p>{problem(shape.error)}</p>}
    </Note>
  );
}

/** Last and next poll. */
export function PollTimes({ feed }: { feed: Feed }) {
  const texts = useMarketerText();
  const text = texts.feeds;
  const format = useFormat();
  const due = Date.parse(feed.next_poll_at) <= Date.now();
  const last = feed.last_polled_at && format.ago(feed.last_polled_at);
  return (
    <>
      {/* What could not be fetched was tried, not polled. */}
      <span>{last ? (feed.error?.stage === 'fetch' ? text.tried(last) : text.last(last)) : text.never}</span>
      {last && !feed.last_success_at && <span>{text.neverGood}</span>}
      {feed.state === 'active' && <span>{due ? text.soon : text.next(format.ago(feed.next_poll_at))}</span>}
      <span>{texts.timetable(feed.schedule.words)}</span>
    </>
  );
}
