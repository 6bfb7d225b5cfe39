import { useMutation, useQueryClient } from '@tanstack/react-query';
import { publishingQuery } from '../../api/backoffice.ts';
import { api, call, type Schemas } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Note, useProblem } from '../../components/States.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useFormat } from '../../lib/format.ts';
import s from './Publishing.module.css';
import { useAdminText } from './texts.ts';

/** How mail is: off, waiting or given up. Neither recipients nor words. */
export function Mail({ mail }: { mail: Schemas['MailHealth'] }) {
  const text = useAdminText().publishing.mail;
  const format = useFormat();
  const why = (code: string) =>
    code.startsWith('smtp.') ? text.refused(code.slice(5)) : (text.whys[code] ?? code);
  const { on, waiting, error, failed } = mail;
  const problem = useProblem();
  const client = useQueryClient();
  const show = useToast();
  const retry = useMutation({
    mutationFn: () => call(api.POST('/health/mail/retry')),
    onSuccess: () => {
      show({ text: text.retried });
      return client.invalidateQueries({ queryKey: publishingQuery.queryKey });
    },
  });
  return (
    <section className={s.stack}>
      <h2>{text.title}</h2>
      {!on && <Note tone="warn">{text.off}</Note>}
      {on && !error && failed.length === 0 && <Note tone="good">{text.fine}</Note>}
      {error && <Note tone="warn">{text.waiting(waiting, why(error))}</Note>}
      {failed.map(given => (
        <Note key={given.kind + given.error} tone="bad">
          {text.failed(given.mails, text.kinds[given.kind], why(given.error), format.ago(given.at))}
        </Note>
      ))}
      {on && failed.length > 0 && (
        <div>
          <Button icon="refresh" busy={retry.isPending} onClick={() => retry.mutate()}>
            {text.retry}
          </Button>
        </div>
      )}
      {retry.error && <Note tone="bad">{problem(retry.error)}</Note>}
    </section>
  );
}
