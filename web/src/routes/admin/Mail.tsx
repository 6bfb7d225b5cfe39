import type { Schemas } from '../../api/client.ts';
import { Note } from '../../components/States.tsx';
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
    </section>
  );
}
