import { useMutation } from '@tanstack/react-query';
import { useHistoryState } from 'wouter/use-browser-location';
import { api, call } from '../../../api/client.ts';
import { Page } from '../../../components/Page.tsx';
import { Note, Skeleton, useProblem } from '../../../components/States.tsx';
import { Choose } from './Choose.tsx';
import { FileDrop } from './FileDrop.tsx';
import { readText } from './list.ts';
import s from './Opml.module.css';
import { Progress } from './Progress.tsx';
import { useOpmlText } from './texts.ts';

/** A list of feeds from elsewhere: choose the file, tick feeds, follow them, and watch their first polls. */
export function Import() {
  const text = useOpmlText();
  const problem = useProblem();
  // Kept in the history, so that it is still there after the page is loaded again.
  const state = useHistoryState<{ imported?: string[] } | null>();
  const read = useMutation({
    mutationFn: async (file: File) => call(api.POST('/opml', { body: { opml: await readText(file) } })),
  });
  if (state?.imported) return <Progress ids={state.imported} />;
  return (
    <Page title={text.importTitle} sub={text.intro}>
      <div className={s.page}>
        <FileDrop again={read.isSuccess} onFile={file => read.mutate(file)} />
        {read.isPending && <Skeleton count={4} />}
        {read.error && <Note tone="bad">{problem(read.error)}</Note>}
        {read.data && <Choose key={read.submittedAt} entries={read.data} />}
      </div>
    </Page>
  );
}
