import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api, call } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Page } from '../../../components/Page.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { useLang } from '../../../i18n/index.tsx';
import { useOnce } from '../../../lib/once.ts';
import { useMarketerText } from '../texts.ts';
import { type Draft, PostFields } from './PostFields.tsx';
import s from './Posts.module.css';

/** A post that does not come from a feed. */
export function NewPost() {
  const text = useMarketerText().editor;
  const { lang } = useLang();
  const problem = useProblem();
  const show = useToast();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [draft, setDraft] = useState<Draft>({
    title: '',
    text: '',
    link: '',
    topic_id: '',
    image: '',
    captions: [{ language: lang, text: '' }],
    audience: [],
  });
  const create = useOnce({
    mutationFn: (state: 'draft' | 'live') =>
      call(
        api.POST('/posts', {
          body: {
            title: draft.title,
            text: draft.text || null,
            link: draft.link,
            topic_id: draft.topic_id,
            image_address: draft.image || null,
            audience: draft.audience,
            captions: draft.captions.filter(caption => caption.text.trim()),
            state,
          },
        }),
      ),
    onSuccess: () => {
      show({ text: text.created });
      for (const queryKey of [['library'], ['posts']]) void client.invalidateQueries({ queryKey });
      navigate('/marketing/posts');
    },
  });
  return (
    <Page title={text.newTitle}>
      <form
        className={s.fields}
        onSubmit={event => {
          event.preventDefault();
          const button = (event.nativeEvent as SubmitEvent).submitter;
          create.mutate(button?.getAttribute('value') === 'draft' ? 'draft' : 'live');
        }}
      >
        <PostFields value={draft} onChange={setDraft} fresh refusal={create.error} />
        {create.error && <Note tone="bad">{problem(create.error)}</Note>}
        <div className={s.deeds}>
          <Button type="submit" value="draft" busy={create.isPending}>
            {text.draft}
          </Button>
          <Button type="submit" value="live" look="primary" busy={create.isPending}>
            {text.live}
          </Button>
        </div>
      </form>
    </Page>
  );
}
