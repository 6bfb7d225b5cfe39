import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call, type Schemas } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Note, useProblem } from '../../components/States.tsx';
import { useText } from '../../i18n/index.tsx';
import { useFormat } from '../../lib/format.ts';
import { networkName } from '../../lib/networks.ts';
import s from './Shares.module.css';

/** The one question that only the employee can answer: did a post of unknown fate appear? */
export function Appeared({ share }: { share: Schemas['Share'] }) {
  const text = useText().shares.unknown;
  const format = useFormat();
  const name = networkName[share.network];
  const problem = useProblem();
  const client = useQueryClient();
  const [linking, setLinking] = useState(false);
  const answer = useMutation({
    mutationFn: (body: Schemas['Appearance']) =>
      call(api.POST('/shares/{id}/answer', { params: { path: { id: share.id } }, body })),
    onSettled: () => {
      for (const queryKey of [['shares'], ['posts'], ['year']]) void client.invalidateQueries({ queryKey });
    },
  });
  return (
    <fieldset className={s.question}>
      <legend>{text.question(name)}</legend>
      {share.probe_at && <p>{text.probe(format.time(share.probe_at), name)}</p>}
      {linking ? (
        <form
          onSubmit={event => {
            event.preventDefault();
            answer.mutate({ appeared: true, url: String(new FormData(event.currentTarget).get('url')) });
          }}
        >
          <Field
            label={text.link}
            name="url"
            type="url"
            required
            autoFocus
            placeholder="https://…"
            hint={text.linkHint(name)}
          />
          <div className={s.answers}>
            <Button type="submit" look="primary" busy={answer.isPending}>
              {text.confirm}
            </Button>
            <Button look="quiet" onClick={() => setLinking(false)}>
              {text.back}
            </Button>
          </div>
        </form>
      ) : (
        <div className={s.answers}>
          <Button look="tonal" onClick={() => setLinking(true)}>
            {text.yes}
          </Button>
          <Button busy={answer.isPending} onClick={() => answer.mutate({ appeared: false, again: true })}>
            {text.no}
          </Button>
          <Button
            look="quiet"
            busy={answer.isPending}
            onClick={() => answer.mutate({ appeared: false, again: false })}
          >
            {text.never}
          </Button>
        </div>
      )}
      {answer.error && <Note tone="bad">{problem(answer.error)}</Note>}
    </fieldset>
  );
}
