import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../../api/client.ts';
import { feedDocumentQuery } from '../../../api/mapping.ts';
import { Button } from '../../../components/Button.tsx';
import { Page } from '../../../components/Page.tsx';
import { Empty, Failed, Skeleton } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import { EditReading } from '../reading/EditReading.tsx';
import { isKept } from '../wizard/draft.ts';
import { useDefinitionText } from './texts.ts';

type Detail = Schemas['DefinitionDetail'];
type Props = { detail: Detail; version: number; feed: Detail['feeds'][number]; onDone: () => void };

/** Changes a definition on the last document of one of its feeds; what that does to all of them is told before. */
export function EditDefinition({ detail, version, feed, onDone }: Props) {
  const texts = useText();
  const text = useDefinitionText();
  const found = useQuery(feedDocumentQuery(feed.id));
  const { name } = detail.definition;
  const back = <Button onClick={onDone}>{texts.cancel}</Button>;
  if (found.error) return <Failed error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data || !isKept(found.data)) {
    return (
      <Page title={name}>
        {found.data === null ? <Empty icon="feeds" title={text.noDocument} action={back} /> : <Skeleton />}
      </Page>
    );
  }
  return (
    <EditReading
      title={name}
      sub={text.on(feed.title)}
      actions={back}
      found={found.data}
      definition={detail.definition}
      base={{ name, built_in: false, version }}
      name={name}
      onSaved={onDone}
    />
  );
}
