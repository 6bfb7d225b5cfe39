import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { ApiError, api, call, type Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Empty, Note, useProblem } from '../../../components/States.tsx';
import { useOnce } from '../../../lib/once.ts';
import { PublishField } from '../settings/PublishField.tsx';
import { TopicSelect } from '../settings/TopicSelect.tsx';
import { GroupList } from './GroupList.tsx';
import { byGroup, type Entry } from './list.ts';
import s from './Opml.module.css';
import { useOpmlText } from './texts.ts';

/** The feeds of the list, and how those that are ticked will be followed. */
export function Choose({ entries }: { entries: Entry[] }) {
  const text = useOpmlText();
  const problem = useProblem();
  const fresh = entries.filter(entry => !entry.already && !entry.unusable);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(fresh.map(entry => entry.address)));
  const [topic, setTopic] = useState('');
  const [publish, setPublish] = useState<Schemas['Publish']>('review');
  const follow = useFollow();
  if (entries.length === 0) return <Empty icon="feeds" title={text.empty} />;
  const ticked = fresh.filter(entry => chosen.has(entry.address));
  const culprit = culpritOf(follow.error, ticked);
  const toggle = (addresses: string[], on: boolean) => {
    const next = new Set(chosen);
    for (const address of addresses) {
      if (on) next.add(address);
      else next.delete(address);
    }
    setChosen(next);
  };
  return (
    <form
      className={s.choose}
      onSubmit={event => {
        event.preventDefault();
        const feeds = ticked.map(({ title, address, topic_id }) => ({
          title,
          address,
          topic_id: topic_id ?? null,
        }));
        follow.mutate({ feeds, topic_id: topic, publish });
      }}
    >
      <div className={s.groups}>
        {byGroup(entries).map(({ group, entries: those }) => (
          <GroupList key={group} name={group} entries={those} chosen={chosen} onToggle={toggle} />
        ))}
      </div>
      <div className={s.panel}>
        <div>
          <h2>{text.settings}</h2>
          <p className={s.hint}>{text.settingsHint}</p>
        </div>
        <TopicSelect value={topic} onChange={setTopic} />
        {fresh.some(entry => entry.topic_id) && <p className={s.hint}>{text.topics}</p>}
        <PublishField value={publish} onChange={setPublish} />
        <p className={s.hint}>{text.baseline}</p>
        {follow.error && (
          <Note tone="bad">
            {culprit && `${culprit.title}: `}
            {problem(follow.error)}
          </Note>
        )}
        <Button type="submit" look="primary" busy={follow.isPending} disabled={!topic || ticked.length === 0}>
          {text.follow(ticked.length)}
        </Button>
      </div>
    </form>
  );
}

function useFollow() {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  return useOnce({
    mutationFn: (body: Schemas['Import']) => call(api.POST('/feeds/import', { body })),
    onSuccess: feeds => {
      void client.invalidateQueries({ queryKey: ['feeds'] });
      navigate('/marketing/feeds/import', { state: { imported: feeds.map(feed => feed.id) } });
    },
  });
}

/** The feed at which a refusal points. */
function culpritOf(error: unknown, feeds: Entry[]): Entry | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const place = /^\/feeds\/(\d+)\//.exec(error.fields[0]?.pointer ?? '')?.[1];
  return place === undefined ? undefined : feeds[Number(place)];
}
