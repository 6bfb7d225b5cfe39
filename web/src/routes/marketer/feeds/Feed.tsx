import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { feedQuery } from '../../../api/backoffice.ts';
import type { Schemas } from '../../../api/client.ts';
import { Button, ButtonLink } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import l from '../../../components/List.module.css';
import { Page } from '../../../components/Page.tsx';
import { Failed, Note, Skeleton, useProblem } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { FilterSummary } from '../filters/FilterSummary.tsx';
import { useWizardText } from '../mapping/texts.ts';
import { FeedSettings, type Settings } from '../settings/FeedSettings.tsx';
import { useMarketerText } from '../texts.ts';
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
          <Change key={feed.data.id} feed={feed.data} />
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

function Change({ feed }: { feed: Schemas['Feed'] }) {
  const texts = useText();
  const text = useMarketerText().feed;
  const problem = useProblem();
  const { patch } = useFeedActions(feed.id);
  const [removing, setRemoving] = useState(false);
  const [settings, setSettings] = useState<Settings>({
    title: feed.title,
    topic_id: feed.topic.id,
    publish: feed.publish,
    counting_link: feed.counting_link,
    cron: feed.schedule.cron ?? null,
  });
  return (
    <form
      className={s.panel}
      onSubmit={event => {
        event.preventDefault();
        patch.mutate(settings);
      }}
    >
      <h2>{text.settings}</h2>
      <FeedSettings value={settings} onChange={setSettings} />
      {patch.error && <Note tone="bad">{problem(patch.error)}</Note>}
      <div className={l.deeds}>
        <Button look="danger" onClick={() => setRemoving(true)}>
          {text.remove}
        </Button>
        <Button type="submit" look="primary" busy={patch.isPending}>
          {patch.isSuccess ? texts.saved : texts.save}
        </Button>
      </div>
      {removing && <Remove id={feed.id} onClose={() => setRemoving(false)} />}
    </form>
  );
}

function Remove({ id, onClose }: { id: string; onClose: () => void }) {
  const texts = useText();
  const text = useMarketerText().feed;
  const problem = useProblem();
  const [, navigate] = useLocation();
  const { remove } = useFeedActions(id);
  return (
    <Dialog
      title={text.removeTitle}
      onClose={onClose}
      footer={
        <div className={l.deeds}>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button
            look="danger"
            busy={remove.isPending}
            onClick={() =>
              remove.mutate(undefined, { onSuccess: () => navigate('/marketing/feeds', { replace: true }) })
            }
          >
            {text.remove}
          </Button>
        </div>
      }
    >
      <p>{text.removeText}</p>
      {remove.error && <Note tone="bad">{problem(remove.error)}</Note>}
    </Dialog>
  );
}
