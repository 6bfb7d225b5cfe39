import type { Schemas } from '../../../api/client.ts';
import { Counted } from '../../../components/Counted.tsx';
import { Check } from '../../../components/Field.tsx';
import { useRefusals } from '../../../lib/refusals.ts';
import { useMarketerText } from '../texts.ts';
import { PublishField } from './PublishField.tsx';
import { ScheduleField } from './ScheduleField.tsx';
import s from './Settings.module.css';
import { TopicSelect } from './TopicSelect.tsx';

export type Settings = {
  title: string;
  topic_id: string;
  publish: Schemas['Publish'];
  counting_link: boolean;
  cron: string | null;
};

type Props = {
  value: Settings;
  onChange: (value: Settings) => void;
  /** It brings videos of YouTube: then counting clicks has a price. */
  videos: boolean;
  /** What the server refused; the name says its own. */
  refusal: unknown;
};

/** How a feed is followed; the same fields when adding and when changing one. */
export function FeedSettings({ value, onChange, videos, refusal }: Props) {
  const texts = useMarketerText();
  const text = texts.settings;
  const set = (part: Partial<Settings>) => onChange({ ...value, ...part });
  return (
    <div className={s.stack}>
      <Counted
        label={texts.add.name}
        required
        longest={200}
        error={useRefusals(refusal)('/title')}
        value={value.title}
        onChange={event => set({ title: event.target.value })}
      />
      <TopicSelect value={value.topic_id} onChange={topic_id => set({ topic_id })} />
      <PublishField value={value.publish} onChange={publish => set({ publish })} />
      <ScheduleField cron={value.cron} onChange={cron => set({ cron })} />
      <Check
        label={text.counting}
        hint={videos ? text.countingVideo : text.countingHint}
        checked={value.counting_link}
        onChange={event => set({ counting_link: event.target.checked })}
      />
    </div>
  );
}
