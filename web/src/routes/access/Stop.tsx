import { useMutation } from '@tanstack/react-query';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/States.tsx';
import { en } from '../../i18n/en/mail.ts';
import { useTexts } from '../../i18n/index.tsx';
import { nl } from '../../i18n/nl/mail.ts';
import { Door } from './Door.tsx';

const both = { en, nl };

/** Ends mails from the link in one of them, at the address that mail programs use too. Looking changes nothing. */
export default function Stop({ token }: { token: string }) {
  const text = useTexts(both).stop;
  const stop = useMutation({
    mutationFn: async () => {
      const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
      const answer = await fetch(`/unsubscribe/${encodeURIComponent(token)}`, { method: 'POST', body });
      if (!answer.ok) throw new Error(answer.statusText);
    },
  });
  if (stop.isSuccess) {
    return (
      <Door title={text.doneTitle}>
        <p>{text.done}</p>
      </Door>
    );
  }
  return (
    <Door title={text.title}>
      <p>{text.text}</p>
      {stop.error && <Note tone="bad">{text.failed}</Note>}
      <Button look="primary" busy={stop.isPending} onClick={() => stop.mutate()}>
        {text.submit}
      </Button>
    </Door>
  );
}
