import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call, type Schemas } from '../../../api/client.ts';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Note, useProblem } from '../../../components/States.tsx';
import { useToast } from '../../../components/Toast.tsx';
import { useText } from '../../../i18n/index.tsx';
import { useMarketerText } from '../texts.ts';
import { type Draft, PostFields } from './PostFields.tsx';
import s from './Posts.module.css';

/** Changes the words of a post; what was shared already stays as it was. */
export function EditPost({ post, onClose }: { post: Schemas['LibraryPost']; onClose: () => void }) {
  const texts = useText();
  const text = useMarketerText().editor;
  const problem = useProblem();
  const show = useToast();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>({
    title: post.title,
    text: post.text ?? '',
    link: post.link,
    topic_id: post.topic.id,
    image: post.image ?? '',
    captions: post.captions.map(({ language, text: words }) => ({ language: language ?? null, text: words })),
    audience: post.audience,
  });
  const save = useMutation({
    mutationFn: () =>
      call(
        api.PATCH('/posts/{id}', {
          params: { path: { id: post.id } },
          body: {
            title: draft.title,
            text: draft.text,
            topic_id: draft.topic_id,
            audience: draft.audience,
            captions: draft.captions.filter(caption => caption.text.trim()),
          },
        }),
      ),
    onSuccess: () => {
      show({ text: text.saved });
      for (const queryKey of [['library'], ['posts'], ['post']]) void client.invalidateQueries({ queryKey });
      onClose();
    },
  });
  return (
    <Dialog
      title={text.editTitle}
      shape="wide"
      onClose={onClose}
      footer={
        <div className={s.deeds}>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button
            look="primary"
            busy={save.isPending}
            disabled={!draft.title.trim()}
            onClick={() => save.mutate()}
          >
            {texts.save}
          </Button>
        </div>
      }
    >
      {save.error && <Note tone="bad">{problem(save.error)}</Note>}
      <PostFields value={draft} onChange={setDraft} refusal={save.error} />
    </Dialog>
  );
}
