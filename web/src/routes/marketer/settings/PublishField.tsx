import type { Schemas } from '../../../api/client.ts';
import { Segmented } from '../../../components/Segmented.tsx';
import { useMarketerText } from '../texts.ts';
import s from './Settings.module.css';

type Props = { value: Schemas['Publish']; onChange: (value: Schemas['Publish']) => void };

/** What new items become: posts that wait for a yes, or that colleagues see at once. */
export function PublishField({ value, onChange }: Props) {
  const text = useMarketerText().settings;
  return (
    <div>
      <Segmented
        legend={text.publish}
        value={value}
        onChange={onChange}
        options={[
          { value: 'review', label: text.review },
          { value: 'live', label: text.live },
        ]}
      />
      <p className={s.hint}>{value === 'review' ? text.reviewHint : text.liveHint}</p>
    </div>
  );
}
