import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Schemas } from '../../../api/client.ts';
import { definitionQuery } from '../../../api/definitions.ts';
import { Button } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import l from '../../../components/List.module.css';
import { Page } from '../../../components/Page.tsx';
import { Failed, Skeleton } from '../../../components/States.tsx';
import { useParam } from '../../../lib/params.ts';
import s from './Definitions.module.css';
import { CopyDialog, RemoveDialog, RenameDialog } from './Dialogs.tsx';
import { EditDefinition } from './EditDefinition.tsx';
import { saveAsFile } from './file.ts';
import { Reading } from './Reading.tsx';
import { useDefinitionText } from './texts.ts';
import { Versions } from './Versions.tsx';

type Detail = Schemas['DefinitionDetail'];

/** One definition: what it reads, for which feeds, and how it was before. */
export function Definition({ name }: { name: string }) {
  const text = useDefinitionText();
  const [edited, setEdited] = useParam('edit');
  const detail = useQuery({ ...definitionQuery(name), staleTime: edited ? Number.POSITIVE_INFINITY : 0 });
  if (detail.error && !detail.data)
    return <Failed title={text.errorText} error={detail.error} onRetry={() => detail.refetch()} />;
  const feed = detail.data?.feeds.find(({ id }) => id === edited);
  if (detail.data?.version != null && feed) {
    const { version } = detail.data;
    return <EditDefinition detail={detail.data} version={version} feed={feed} onDone={() => setEdited('')} />;
  }
  const [first] = detail.data?.feeds ?? [];
  const change = detail.data?.version != null && first && (
    <Button look="primary" icon="edit" onClick={() => setEdited(first.id, { push: true })}>
      {text.change}
    </Button>
  );
  return (
    <Page title={name} actions={change}>
      {detail.data ? (
        <div className={s.layout}>
          <div className={s.page}>
            <div className={l.head}>
              {detail.data.built_in ? (
                <Chip>{text.builtIn}</Chip>
              ) : (
                <Chip>{text.version(detail.data.version ?? 1)}</Chip>
              )}
              <span className={s.hint}>{text.used(detail.data.feeds.length)}</span>
            </div>
            <Reading definition={detail.data.definition} />
          </div>
          <aside className={s.page}>
            <Deeds detail={detail.data} />
            <Feeds feeds={detail.data.feeds} />
            {!detail.data.built_in && <Versions name={name} detail={detail.data} />}
          </aside>
        </div>
      ) : (
        <Skeleton />
      )}
    </Page>
  );
}

function Deeds({ detail }: { detail: Detail }) {
  const text = useDefinitionText();
  const { name } = detail.definition;
  const [open, setOpen] = useState<'copy' | 'rename' | 'remove' | null>(null);
  const close = () => setOpen(null);
  return (
    <div className={s.deeds}>
      <Button look="quiet" icon="copy" onClick={() => setOpen('copy')}>
        {text.copy}
      </Button>
      <Button look="quiet" icon="download" onClick={() => saveAsFile(detail.definition)}>
        {text.download}
      </Button>
      {!detail.built_in && (
        <Button look="quiet" icon="edit" onClick={() => setOpen('rename')}>
          {text.rename}
        </Button>
      )}
      {!detail.built_in && detail.feeds.length === 0 && (
        <Button look="quiet" icon="trash" onClick={() => setOpen('remove')}>
          {text.remove}
        </Button>
      )}
      {open === 'copy' && <CopyDialog name={name} onClose={close} />}
      {open === 'rename' && <RenameDialog name={name} onClose={close} />}
      {open === 'remove' && <RemoveDialog name={name} onClose={close} />}
    </div>
  );
}

function Feeds({ feeds }: { feeds: Detail['feeds'] }) {
  const text = useDefinitionText();
  return (
    <section className={s.panel}>
      <h2>{text.usedBy}</h2>
      {feeds.length === 0 && <p className={s.hint}>{text.unused}</p>}
      <ul className={s.plain}>
        {feeds.map(feed => (
          <li key={feed.id}>
            <Link href={`/marketing/feeds/${feed.id}`}>{feed.title}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
