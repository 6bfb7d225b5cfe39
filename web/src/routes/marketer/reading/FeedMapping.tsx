import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { feedQuery } from '../../../api/backoffice.ts';
import type { Found } from '../../../api/contract.ts';
import { definitionQuery } from '../../../api/definitions.ts';
import { feedDocumentQuery } from '../../../api/mapping.ts';
import { ButtonLink } from '../../../components/Button.tsx';
import { Page } from '../../../components/Page.tsx';
import { Empty, Failed, Skeleton } from '../../../components/States.tsx';
import { useWizardText } from '../mapping/texts.ts';
import { isKept } from '../wizard/draft.ts';
import { EditReading } from './EditReading.tsx';

/** How one feed is read, on its last document. */
export function FeedMapping({ id }: { id: string }) {
  const text = useWizardText().edit;
  const [, navigate] = useLocation();
  const feed = useQuery({ ...feedQuery(id), refetchInterval: false });
  const document = useQuery({ ...feedDocumentQuery(id), refetchOnMount: 'always' });
  const detail = useQuery({
    ...definitionQuery(feed.data?.definition ?? ''),
    enabled: feed.data !== undefined,
  });
  // What the change begins with. A poll meanwhile does not pull the document away; what somebody else saves meanwhile
  // is told when saving.
  const [start, setStart] = useState<{ found: Found | null; detail: NonNullable<typeof detail.data> }>();
  if (!start && detail.data && document.isFetchedAfterMount && document.data !== undefined)
    setStart({ found: document.data, detail: detail.data });
  const error = feed.error ?? document.error ?? detail.error;
  if (error && !start) {
    const retry = () => Promise.all([feed.refetch(), document.refetch(), detail.refetch()]);
    return <Failed error={error} onRetry={retry} />;
  }
  if (!feed.data || !start) {
    return (
      <Page title={text.title}>
        <Skeleton />
      </Page>
    );
  }
  const path = `/marketing/feeds/${id}`;
  const back = <ButtonLink href={path}>{text.back}</ButtonLink>;
  if (!start.found || !isKept(start.found)) {
    return (
      <Page title={text.title} sub={text.of(feed.data.title)}>
        <Empty icon="feeds" title={text.noDocument} action={back} />
      </Page>
    );
  }
  const { definition, version } = start.detail;
  const { name } = definition;
  return (
    <EditReading
      title={text.title}
      sub={text.of(feed.data.title)}
      actions={back}
      found={start.found}
      definition={definition}
      base={version == null ? { name, built_in: true, feed: id } : { name, built_in: false, version }}
      name={feed.data.title}
      onSaved={() => navigate(path)}
    />
  );
}
