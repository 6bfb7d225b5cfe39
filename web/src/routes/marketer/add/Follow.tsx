import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api, call, type Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { FeedSettings, type Settings } from '../settings/FeedSettings.tsx';
import { useMarketerText } from '../texts.ts';
import s from './Add.module.css';
import { Cards } from './Cards.tsx';
import { Reading } from './Reading.tsx';

/** What the feed gives, beside how to follow it. */
export function Follow({ preview }: { preview: Schemas['Preview'] }) {
  const text = useMarketerText().add;
  const problem = useProblem();
  const show = useToast();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [offer, setOffer] = useState<ReadonlySet<string>>(new Set());
  const [settings, setSettings] = useState<Settings>({
    title: preview.title,
    topic_id: '',
    publish: 'review',
    counting_link: true,
    cron: null,
  });
  const follow = useMutation({
    mutationFn: () =>
      call(api.POST('/feeds', { body: { address: preview.address, ...settings, offer: [...offer] } })),
    onSuccess: feed => {
      show({ text: text.followed });
      void client.invalidateQueries({ queryKey: ['feeds'] });
      void client.invalidateQueries({ queryKey: ['library'] });
      void client.invalidateQueries({ queryKey: ['posts'] });
      navigate(`/marketing/feeds/${feed.id}`);
    },
  });
  const toggle = (key: string) => {
    const next = new Set(offer);
    if (!next.delete(key)) next.add(key);
    setOffer(next);
  };
  return (
    <div className={s.follow}>
      <section className={s.found}>
        <Reading preview={preview} />
        <Cards cards={preview.items} offered={offer} onToggle={toggle} />
      </section>
      <form
        className={s.panel}
        onSubmit={event => {
          event.preventDefault();
          follow.mutate();
        }}
      >
        <h2>{text.settings}</h2>
        <FeedSettings value={settings} onChange={setSettings} />
        <div className={s.submit}>
          {preview.items.length > 0 && (
            <p className={s.summary} role="status">
              {text.summary(offer.size, preview.items.length - offer.size)}
            </p>
          )}
          {follow.error && <Note tone="bad">{problem(follow.error)}</Note>}
          <Button type="submit" look="primary" busy={follow.isPending} disabled={!settings.topic_id}>
            {text.follow}
          </Button>
        </div>
      </form>
    </div>
  );
}
