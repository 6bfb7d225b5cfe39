import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call, type Schemas } from '../../../api/client.ts';
import { pageQuery } from '../../../api/queries.ts';
import { Button, ExternalLink } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Area } from '../../../components/Field.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useFormat } from '../../../lib/format.ts';
import s from './Hand.module.css';

type Props = { question: Schemas['Confirmation']; onClose: () => void };

/** A colleague's post: its link, what stands there as far as it can be read, and the answer. */
export function LookDialog({ question, onClose }: Props) {
  const text = useText().hand.confirm;
  const format = useFormat();
  const { data: page } = useQuery(pageQuery(question.id));
  return (
    <Dialog title={text.title} onClose={onClose} footer={<Answer question={question} onClose={onClose} />}>
      <div className={s.steps}>
        <p>{text.sharedOn(question.colleague, format.dateYear(question.shared_on))}</p>
        <p>
          <span className={s.quiet}>{text.post}</span>
          <a href={question.post.link} target="_blank" rel="noreferrer">
            {question.post.title}
          </a>
        </p>
        <div>
          <span className={s.quiet}>{text.page}</span>
          <div role="status">
            {page?.text ? (
              <p className={s.page}>{page.text}</p>
            ) : (
              <Note>{page ? text.unreadable : text.loading}</Note>
            )}
          </div>
        </div>
        <div className={s.deeds}>
          <ExternalLink href={question.url}>{text.openPost}</ExternalLink>
        </div>
        <p className={s.quiet}>{text.seen}</p>
      </div>
    </Dialog>
  );
}

function Answer({ question, onClose }: Props) {
  const text = useText().hand.confirm;
  const problem = useProblem();
  const show = useToast();
  const client = useQueryClient();
  const [refusing, setRefusing] = useState(false);
  const answer = useMutation({
    mutationFn: (body: Schemas['ConfirmationAnswer']) =>
      call(api.POST('/confirmations/{id}/answer', { params: { path: { id: question.id } }, body })),
    onSuccess: (_, body) => {
      show({ text: body.confirmed ? text.thanks : text.told });
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['confirmations'] }),
  });
  return (
    <form
      className={s.form}
      onSubmit={event => {
        event.preventDefault();
        answer.mutate({ confirmed: false, reason: String(new FormData(event.currentTarget).get('reason')) });
      }}
    >
      {refusing && (
        <Area label={text.reason} name="reason" required autoFocus rows={2} hint={text.reasonHint} />
      )}
      {answer.error && <Note tone="bad">{problem(answer.error)}</Note>}
      <div className={s.deeds}>
        {refusing ? (
          <Button key="send" type="submit" look="danger" busy={answer.isPending}>
            {text.sendNo}
          </Button>
        ) : (
          <Button key="no" onClick={() => setRefusing(true)}>
            {text.no}
          </Button>
        )}
        <Button
          look="primary"
          busy={answer.isPending}
          onClick={() => answer.mutate({ confirmed: true, reason: null })}
        >
          {text.yes}
        </Button>
      </div>
    </form>
  );
}
