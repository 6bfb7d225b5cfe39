import { useQuery } from '@tanstack/react-query';
import { topicsQuery } from '../../api/queries.ts';
import { Tabs } from '../../components/Tabs.tsx';
import { useText } from '../../i18n/index.tsx';

type Props = {
  topic: string;
  onTopic: (id: string) => void;
  /** The topics are asked for after the posts, which matter more. */
  ready: boolean;
};

/** One topic or all of them. */
export function Topics({ topic, onTopic, ready }: Props) {
  const text = useText();
  const { data: topics } = useQuery({ ...topicsQuery, enabled: ready });
  const options = (topics ?? []).map(one => ({ value: one.id, label: one.name }));
  return (
    <Tabs
      legend={text.home.topics}
      value={topic}
      onChange={onTopic}
      options={[{ value: '', label: text.all }, ...options]}
    />
  );
}
