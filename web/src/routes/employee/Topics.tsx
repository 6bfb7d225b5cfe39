import { useQuery } from '@tanstack/react-query';
import { topicsQuery } from '../../api/queries.ts';
import { useText } from '../../i18n/index.tsx';
import { cx } from '../../lib/cx.ts';
import s from './Topics.module.css';

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
  return (
    <fieldset className={s.topics}>
      <legend className="hush">{text.home.topics}</legend>
      {[{ id: '', name: text.all }, ...(topics ?? [])].map(one => (
        <button
          key={one.id}
          type="button"
          className={cx(s.topic, one.id === topic && s.on)}
          aria-pressed={one.id === topic}
          onClick={() => onTopic(one.id)}
        >
          {one.name}
        </button>
      ))}
    </fieldset>
  );
}
