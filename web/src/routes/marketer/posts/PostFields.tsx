import { useQuery } from '@tanstack/react-query';
import { liveAtQuery } from '../../../api/backoffice.ts';
import type { Schemas } from '../../../api/client.ts';
import { Counted } from '../../../components/Counted.tsx';
import { Area, Field } from '../../../components/Field.tsx';
import { LinkedInCard } from '../../../components/LinkedInCard.tsx';
import { domainOf } from '../../../lib/domain.ts';
import { useRefusals } from '../../../lib/refusals.ts';
import { useSettled } from '../../../lib/settled.ts';
import { TeamsField } from '../settings/TeamsField.tsx';
import { TopicSelect } from '../settings/TopicSelect.tsx';
import { useMarketerText } from '../texts.ts';
import { Captions } from './Captions.tsx';
import { LiveAlready } from './LiveAlready.tsx';
import s from './Posts.module.css';

export type Draft = {
  title: string;
  text: string;
  link: string;
  topic_id: string;
  image: string;
  captions: Schemas['NewCaption'][];
  audience: string[];
};

type Props = {
  value: Draft;
  onChange: (value: Draft) => void;
  /** Link and picture are set once, when the post is made. */
  fresh?: boolean;
  /** What the server refused; each field says its own. */
  refusal?: unknown;
};

/** A post being written, with the card it becomes beside it. */
export function PostFields({ value, onChange, fresh, refusal }: Props) {
  const text = useMarketerText().editor;
  const at = useRefusals(refusal);
  const set = (part: Partial<Draft>) => onChange({ ...value, ...part });
  return (
    <div className={s.editor}>
      <div className={s.fields}>
        {fresh && (
          <Field
            label={text.link}
            type="url"
            required
            placeholder="https://"
            error={at('/link')}
            value={value.link}
            onChange={event => set({ link: event.target.value })}
          />
        )}
        {fresh && <AlreadyAt link={value.link.trim()} />}
        <Counted
          label={text.title}
          required
          longest={400}
          error={at('/title')}
          value={value.title}
          onChange={event => set({ title: event.target.value })}
        />
        <TopicSelect value={value.topic_id} onChange={topic_id => set({ topic_id })} />
        <TeamsField value={value.audience} onChange={audience => set({ audience })} />
        <Area
          label={text.text}
          hint={text.textHint}
          error={at('/text')}
          value={value.text}
          onChange={event => set({ text: event.target.value })}
        />
        {fresh && (
          <Field
            label={text.image}
            type="url"
            hint={text.imageHint}
            error={at('/image_address')}
            value={value.image}
            onChange={event => set({ image: event.target.value })}
          />
        )}
        <Captions value={value.captions} onChange={captions => set({ captions })} at={at} />
      </div>
      <div className={s.preview}>
        <h2>{text.preview}</h2>
        <LinkedInCard
          author={text.colleague}
          text={value.captions[0]?.text ?? ''}
          title={value.title || text.title}
          domain={domainOf(value.link) || 'example.com'}
          image={fresh ? null : value.image}
        />
      </div>
    </div>
  );
}

function AlreadyAt({ link }: { link: string }) {
  const { data } = useQuery(liveAtQuery(useSettled(link)));
  const [post] = data?.items ?? [];
  return post ? <LiveAlready post={post} /> : null;
}
