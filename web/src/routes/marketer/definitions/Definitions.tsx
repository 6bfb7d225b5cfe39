import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Schemas } from '../../../api/client.ts';
import { definitionsQuery } from '../../../api/definitions.ts';
import { Button } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import l from '../../../components/List.module.css';
import { Page } from '../../../components/Page.tsx';
import { Failed, Skeleton } from '../../../components/States.tsx';
import { cx } from '../../../lib/cx.ts';
import { useFormat } from '../../../lib/format.ts';
import s from './Definitions.module.css';
import { CopyDialog } from './Dialogs.tsx';
import { placeOf } from './place.ts';
import { useDefinitionText } from './texts.ts';

type Summary = Schemas['DefinitionSummary'];

/** All definitions: the marketers' own first, then those that are shipped. */
export function Definitions() {
  const text = useDefinitionText();
  const definitions = useQuery(definitionsQuery);
  const [copying, setCopying] = useState('');
  const list = definitions.data;
  if (definitions.error && !list)
    return <Failed title={text.errorText} error={definitions.error} onRetry={() => definitions.refetch()} />;
  return (
    <Page title={text.title} sub={text.sub}>
      {list ? (
        <div className={s.page}>
          <Group title={text.own} list={list.filter(one => !one.built_in)} onCopy={setCopying} />
          <Group title={text.builtIn} list={list.filter(one => one.built_in)} onCopy={setCopying} />
        </div>
      ) : (
        <Skeleton />
      )}
      {copying && <CopyDialog name={copying} onClose={() => setCopying('')} />}
    </Page>
  );
}

function Group({ title, list, onCopy }: { title: string; list: Summary[]; onCopy: (name: string) => void }) {
  const text = useDefinitionText();
  const format = useFormat();
  return (
    <section className={s.group}>
      <h2>{title}</h2>
      {list.length === 0 && <p className={s.hint}>{text.noneOwn}</p>}
      {list.length > 0 && (
        <ul className={l.list}>
          {list.map(one => (
            <li key={one.name} className={cx(l.row, s.row)} data-definition={one.name}>
              <div className={l.main}>
                <div className={l.head}>
                  <h3 className={l.title}>
                    <Link href={placeOf(one.name)}>{one.name}</Link>
                  </h3>
                  {one.version != null && <Chip>{text.version(one.version)}</Chip>}
                </div>
                {one.built_in && text.about[one.name] && <p className={s.hint}>{text.about[one.name]}</p>}
                <div className={l.meta}>
                  <span>{text.used(one.feeds)}</span>
                  {one.changed_at && (
                    <time dateTime={one.changed_at}>{text.changed(format.ago(one.changed_at))}</time>
                  )}
                </div>
              </div>
              <Button
                look="quiet"
                icon="copy"
                aria-label={text.copyThis(one.name)}
                onClick={() => onCopy(one.name)}
              >
                {text.copy}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
