import type { Schemas } from '../../../api/client.ts';
import { Chip } from '../../../components/Chip.tsx';
import { Note } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useFormat } from '../../../lib/format.ts';
import { useMarketerText } from '../texts.ts';

type Feed = Schemas['Feed'];

/** Works, paused or error, as a word. */
export function FeedState({ feed }: { feed: Feed }) {
  const text = useMarketerText().feeds.state;
  if (feed.state === 'paused') return <Chip icon="pause">{text.paused}</Chip>;
  if (feed.error) {
    return (
      <Chip tone="bad" icon="alert">
        {text.error}
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
  const text = useMarketerText().feeds;
  const format = useFormat();
  if (!feed.error) return null;
  const { stage, code, message, since } = feed.error;
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

/** Last and next poll. */
export function PollTimes({ feed }: { feed: Feed }) {
  const texts = useMarketerText();
  const text = texts.feeds;
  const format = useFormat();
  const due = Date.parse(feed.next_poll_at) <= Date.now();
  return (
    <>
      <span>{feed.last_polled_at ? text.last(format.ago(feed.last_polled_at)) : text.never}</span>
      {feed.state === 'active' && <span>{due ? text.soon : text.next(format.ago(feed.next_poll_at))}</span>}
      <span>{texts.timetable(feed.schedule.words)}</span>
    </>
  );
}
