import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import l from '../../../components/List.module.css';
import { Note, useProblem } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { domainOf } from '../../../lib/domain.ts';
import { DefinitionField } from '../settings/DefinitionField.tsx';
import { FeedSettings, type Settings } from '../settings/FeedSettings.tsx';
import { useMarketerText } from '../texts.ts';
import s from './Feed.module.css';
import { useFeedActions } from './useFeed.ts';

/** How a feed is followed and read, to be changed; and the way to stop. */
export function ChangeFeed({ feed }: { feed: Schemas['Feed'] }) {
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
  // An imported feed has none until its first poll has chosen one.
  const [chosen, setChosen] = useState<string | null>(null);
  const definition = chosen ?? feed.definition;
  return (
    <form
      className={s.panel}
      onSubmit={event => {
        event.preventDefault();
        patch.mutate({ ...settings, ...(definition !== feed.definition && { definition }) });
      }}
    >
      <h2>{text.settings}</h2>
      <FeedSettings
        value={settings}
        videos={definition === 'youtube' || domainOf(feed.address) === 'youtube.com'}
        refusal={patch.error}
        onChange={setSettings}
      />
      {feed.definition && <DefinitionField feed={feed} value={definition} onChange={setChosen} />}
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
