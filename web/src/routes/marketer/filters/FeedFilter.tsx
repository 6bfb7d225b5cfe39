import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { feedQuery } from '../../../api/backoffice.ts';
import { ApiError, type Schemas } from '../../../api/client.ts';
import { feedDocumentQuery } from '../../../api/mapping.ts';
import { Button } from '../../../components/Button.tsx';
import { Page } from '../../../components/Page.tsx';
import { Failed, Note, Skeleton, useProblem } from '../../../components/States.tsx';
import { useText } from '../../../i18n/index.tsx';
import s from './FeedFilter.module.css';
import { FilterEditor } from './FilterEditor.tsx';
import type { Fault } from './rules.ts';
import { useFilterText } from './texts.ts';
import { dropDraft, useDraft, useSave, useTrial } from './useFeedFilter.ts';

/** The filter of a feed, tried on the items that the feed had at its last poll. */
export function FeedFilter({ id }: { id: string }) {
  const text = useFilterText();
  const feed = useQuery({ ...feedQuery(id), refetchInterval: false });
  const document = useQuery(feedDocumentQuery(id));
  const error = feed.error ?? document.error;
  if (error) {
    const retry = () => Promise.all([feed.refetch(), document.refetch()]);
    return <Failed title={text.errorText} error={error} onRetry={retry} />;
  }
  if (!feed.data || document.data === undefined) {
    return (
      <Page title={text.title}>
        <Skeleton />
      </Page>
    );
  }
  return <Edit key={id} feed={feed.data} document={document.data} />;
}

function Edit({ feed, document }: { feed: Schemas['Feed']; document: Schemas['Found'] | null }) {
  const texts = useText();
  const text = useFilterText();
  const problem = useProblem();
  const [value, setValue] = useDraft(feed);
  const trial = useTrial(document, value);
  const save = useSave(feed.id, value);
  const faults = faultsOf(save.error) ?? faultsOf(trial.error) ?? [];
  const [, navigate] = useLocation();
  const back = `/marketing/feeds/${feed.id}`;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (save.error) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [save.error]);
  return (
    <Page title={text.title} sub={feed.title} width="full">
      <form
        ref={form}
        className={s.page}
        noValidate
        onSubmit={event => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <p className={s.hint}>{text.intro}</p>
        {!document && <Note>{text.noDocument}</Note>}
        <FilterEditor
          value={value}
          onChange={next => {
            save.reset();
            setValue(next);
          }}
          mapped={trial.mapped}
          tries={document !== null}
          faults={faults}
        />
        <footer className={s.save}>
          {save.error && faults.length === 0 && <Note tone="bad">{problem(save.error)}</Note>}
          {save.error && faults.length > 0 && <Note tone="bad">{text.wrong}</Note>}
          <Button
            onClick={() => {
              dropDraft(feed.id);
              navigate(back);
            }}
          >
            {texts.cancel}
          </Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            {text.save}
          </Button>
        </footer>
      </form>
    </Page>
  );
}

const faultsOf = (error: unknown): Fault[] | undefined =>
  error instanceof ApiError && error.fields.length > 0 ? error.fields : undefined;
