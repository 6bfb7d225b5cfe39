import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { feedsQuery } from '../../../api/backoffice.ts';
import { ButtonLink } from '../../../components/Button.tsx';
import l from '../../../components/List.module.css';
import { Empty } from '../../../components/States.tsx';
import { domainOf } from '../../../lib/domain.ts';
import { FeedState, FeedTrouble, PollTimes } from '../feeds/Health.tsx';
import s from './Trail.module.css';
import { useTrailText } from './texts.ts';

/** Nothing was found. Feeds of the same site may say why: one that is broken or was not polled yet brings nothing. */
export function None({ q }: { q: string }) {
  const text = useTrailText();
  const { data: feeds = [] } = useQuery(feedsQuery);
  const site = domainOf(q);
  const near = site ? feeds.filter(feed => domainOf(feed.address) === site) : [];
  return (
    <>
      <Empty
        icon="search"
        title={text.noneTitle}
        action={
          near.length === 0 && (
            <ButtonLink href="/marketing/feeds/new" icon="plus">
              {text.noneAdd}
            </ButtonLink>
          )
        }
      >
        {text.noneText}
      </Empty>
      {near.length > 0 && (
        <section className={s.near}>
          <h2>{text.near}</h2>
          <ul className={l.list}>
            {near.map(feed => (
              <li key={feed.id} className={l.row}>
                <div className={l.main}>
                  <div className={l.head}>
                    <h3 className={l.title}>
                      <Link href={`/marketing/feeds/${feed.id}`}>{feed.title}</Link>
                    </h3>
                    <FeedState feed={feed} />
                  </div>
                  <div className={l.meta}>
                    <PollTimes feed={feed} />
                  </div>
                </div>
                {feed.error && (
                  <div className={l.wide}>
                    <FeedTrouble feed={feed} />
                  </div>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
