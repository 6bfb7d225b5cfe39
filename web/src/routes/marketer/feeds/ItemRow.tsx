import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import { api, call, type Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import l from '../../../components/List.module.css';
import { Picture } from '../../../components/Picture.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { cx } from '../../../lib/cx.ts';
import { useFormat } from '../../../lib/format.ts';
import { useOnce } from '../../../lib/once.ts';
import { outcomeLook } from '../filters/outcomeLook.ts';
import { useFilterText } from '../filters/texts.ts';
import { LiveAlready } from '../posts/LiveAlready.tsx';
import { postLook } from '../posts/postLook.ts';
import { useMarketerText } from '../texts.ts';
import { useTrailText } from '../trail/texts.ts';
import { Way } from '../trail/Way.tsx';
import s from './Item.module.css';

type Props = {
  item: Schemas['Item'];
  /** Whether its way shows at once. */
  opened?: boolean;
  /** Names the feed, where items of several stand together. */
  withFeed?: boolean;
};

/** One item, what became of it, and its way when it is opened. */
export function ItemRow({ item, opened = false, withFeed }: Props) {
  const text = useMarketerText();
  const trail = useTrailText();
  const format = useFormat();
  const problem = useProblem();
  const id = useId();
  const [open, setOpen] = useState(opened);
  const offer = useOffer(item.id);
  const title = item.title ?? text.add.noTitle;
  return (
    <li className={s.item} data-item={item.id}>
      <div className={cx(l.row, l.pictured)}>
        <Picture src={item.image} small />
        <div className={l.main}>
          <h3 className={l.title}>
            <a href={item.link ?? undefined} target="_blank" rel="noreferrer">
              {title}
            </a>
          </h3>
          <div className={l.meta}>
            {withFeed && (
              <Link href={`/marketing/feeds/${item.feed.id}`} className={s.feed}>
                {item.feed.title}
              </Link>
            )}
            {item.published_at && <time dateTime={item.published_at}>{format.ago(item.published_at)}</time>}
            {item.baseline && !item.post && <span title={text.feed.baselineHint}>{text.feed.baseline}</span>}
          </div>
          {item.twin && !item.post && !item.obstacle && <LiveAlready post={item.twin} />}
          {offer.error && <Note tone="bad">{problem(offer.error)}</Note>}
        </div>
        <div className={l.deeds}>
          <Standing item={item} />
          {!item.post && item.obstacle && <span className={s.obstacle}>{text.obstacle[item.obstacle]}</span>}
          {!item.post && !item.obstacle && (
            <Button
              look="tonal"
              busy={offer.isPending}
              aria-label={text.feed.offerThis(title)}
              onClick={() => offer.mutate()}
            >
              {text.feed.offer}
            </Button>
          )}
          <Button
            look="quiet"
            icon={open ? 'up' : 'down'}
            aria-expanded={open}
            aria-controls={id}
            aria-label={trail.wayOf(title)}
            onClick={() => setOpen(!open)}
          >
            {trail.way}
          </Button>
        </div>
      </div>
      {open && (
        <div id={id} className={s.way}>
          <Way trail={item.trail} title={title} />
        </div>
      )}
    </li>
  );
}

/** The state of its post, or that the filter left it out. */
function Standing({ item }: { item: Schemas['Item'] }) {
  const states = useMarketerText().posts.states;
  const outcome = useFilterText().outcome;
  if (item.post) return <Chip {...postLook[item.post.state]}>{states[item.post.state]}</Chip>;
  if (!item.trail.some(step => step.code === 'trail.dropped')) return null;
  return <Chip {...outcomeLook.drop}>{outcome.drop}</Chip>;
}

function useOffer(id: string) {
  const text = useMarketerText().feed;
  const show = useToast();
  const client = useQueryClient();
  return useOnce({
    mutationFn: () => call(api.POST('/items/{id}/offer', { params: { path: { id } } })),
    onSuccess: () => {
      show({ text: text.offered });
      for (const queryKey of [['items'], ['trail'], ['library'], ['posts'], ['feeds']])
        void client.invalidateQueries({ queryKey });
    },
  });
}
