import { useInfiniteQuery } from '@tanstack/react-query';
import { sharesQuery } from '../../api/queries.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Page } from '../../components/Page.tsx';
import { Empty, Failed, Skeleton } from '../../components/States.tsx';
import { useText } from '../../i18n/index.tsx';
import { ShareRow } from './ShareRow.tsx';
import s from './Shares.module.css';

/** Everything the employee shared or planned, newest first, each with its state in words. */
export default function Shares() {
  const text = useText();
  const shares = useInfiniteQuery(sharesQuery);
  const items = shares.data?.pages.flatMap(page => page.items);
  return (
    <Page title={text.shares.title} width="text">
      {items ? (
        items.length > 0 ? (
          <ul className={s.list}>
            {items.map(share => (
              <ShareRow key={share.id} share={share} />
            ))}
          </ul>
        ) : (
          <Empty
            icon="shares"
            title={text.shares.emptyTitle}
            action={
              <ButtonLink href="/" look="primary">
                {text.shares.toHome}
              </ButtonLink>
            }
          >
            {text.shares.emptyText}
          </Empty>
        )
      ) : shares.error ? (
        <Failed title={text.shares.errorText} error={shares.error} onRetry={() => shares.refetch()} />
      ) : (
        <Skeleton />
      )}
      {shares.hasNextPage && (
        <p className={s.more}>
          <Button busy={shares.isFetchingNextPage} onClick={() => shares.fetchNextPage()}>
            {text.more}
          </Button>
        </p>
      )}
    </Page>
  );
}
