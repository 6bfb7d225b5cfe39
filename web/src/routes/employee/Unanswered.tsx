import { useInfiniteQuery } from '@tanstack/react-query';
import { sharesQuery } from '../../api/queries.ts';
import { ButtonLink } from '../../components/Button.tsx';
import { Note } from '../../components/States.tsx';
import { useText } from '../../i18n/index.tsx';

/** Posts of which only their employee can say whether they are out; nothing when there are none. */
export function Unanswered() {
  const text = useText().shares.unknown;
  const { data } = useInfiniteQuery(sharesQuery);
  const open = data?.pages.flatMap(page => page.items).filter(share => share.state === 'unknown') ?? [];
  if (open.length === 0) return null;
  return (
    <Note
      tone="warn"
      action={
        <ButtonLink look="tonal" href="/shares">
          {text.look}
        </ButtonLink>
      }
    >
      {text.open(open.length)}
    </Note>
  );
}
