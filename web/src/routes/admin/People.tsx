import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { peopleQuery } from '../../api/backoffice.ts';
import type { Schemas } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import l from '../../components/List.module.css';
import { Page } from '../../components/Page.tsx';
import { Search } from '../../components/Search.tsx';
import { Empty, Failed, Skeleton } from '../../components/States.tsx';
import { useText } from '../../i18n/index.tsx';
import { useParam } from '../../lib/params.ts';
import { EditPerson } from './EditPerson.tsx';
import { Invites } from './Invites.tsx';
import { NewInvite } from './NewInvite.tsx';
import { PersonRow } from './PersonRow.tsx';
import { useAdminText } from './texts.ts';

/** Accounts: who, which roles, whether the connection works. Nothing else about a person. */
export function People() {
  const texts = useText();
  const text = useAdminText();
  const [q, setQ] = useParam('q');
  const [editing, setEditing] = useState<Schemas['Account'] | null>(null);
  const [inviting, setInviting] = useState(false);
  const people = useInfiniteQuery({ ...peopleQuery(q), placeholderData: previous => previous });
  const items = people.data?.pages.flatMap(page => page.items);
  return (
    <Page
      title={text.title}
      actions={
        <Button look="primary" icon="plus" onClick={() => setInviting(true)}>
          {text.invite}
        </Button>
      }
    >
      <Invites />
      <div className={l.bar}>
        <Search key={q ? 'some' : 'none'} label={text.search} value={q} onSearch={setQ} />
      </div>
      {items ? (
        items.length > 0 ? (
          <ul className={l.list}>
            {items.map(person => (
              <PersonRow key={person.id} person={person} onEdit={() => setEditing(person)} />
            ))}
          </ul>
        ) : (
          <Empty icon="people" title={text.emptyTitle}>
            {text.emptyText}
          </Empty>
        )
      ) : people.error ? (
        <Failed title={text.errorText} error={people.error} onRetry={() => people.refetch()} />
      ) : (
        <Skeleton />
      )}
      {people.hasNextPage && (
        <div className={l.more}>
          <Button busy={people.isFetchingNextPage} onClick={() => people.fetchNextPage()}>
            {texts.more}
          </Button>
        </div>
      )}
      {editing && <EditPerson person={editing} onClose={() => setEditing(null)} />}
      {inviting && <NewInvite onClose={() => setInviting(false)} />}
    </Page>
  );
}
