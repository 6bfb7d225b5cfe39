import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../../../api/client.ts';
import { topicsQuery } from '../../../api/queries.ts';
import { Button } from '../../../components/Button.tsx';
import { Counted } from '../../../components/Counted.tsx';
import { Select } from '../../../components/Field.tsx';
import { useProblem } from '../../../components/States.tsx';
import { useOnce } from '../../../lib/once.ts';
import { useMarketerText } from '../texts.ts';
import s from './Settings.module.css';

const NEW = '+';

type Props = { value: string; error?: string | undefined; onChange: (id: string) => void };

/** A topic out of those that exist, or a new one made on the spot. */
export function TopicSelect({ value, error, onChange }: Props) {
  const text = useMarketerText().settings;
  const problem = useProblem();
  const client = useQueryClient();
  const { data: topics } = useQuery(topicsQuery);
  const [making, setMaking] = useState(false);
  const [name, setName] = useState('');
  const create = useOnce({
    mutationFn: () => call(api.POST('/topics', { body: { name } })),
    onSuccess: topic => {
      client.setQueryData(topicsQuery.queryKey, list => [...(list ?? []), topic]);
      onChange(topic.id);
      setMaking(false);
      setName('');
    },
  });
  return (
    <>
      <Select
        label={text.topic}
        required
        value={making ? NEW : value}
        error={error}
        onChange={event => {
          setMaking(event.target.value === NEW);
          if (event.target.value !== NEW) onChange(event.target.value);
        }}
      >
        <option value="" disabled>
          {text.chooseTopic}
        </option>
        {topics?.map(topic => (
          <option key={topic.id} value={topic.id}>
            {topic.name}
          </option>
        ))}
        <option value={NEW}>{text.newTopic}</option>
      </Select>
      {making && (
        <div className={s.inline}>
          <Counted
            label={text.topicName}
            value={name}
            autoFocus
            longest={60}
            error={create.error ? problem(create.error) : undefined}
            onChange={event => setName(event.target.value)}
            onKeyDown={event => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              if (name.trim()) create.mutate();
            }}
          />
          <Button
            look="tonal"
            busy={create.isPending}
            disabled={!name.trim()}
            onClick={() => create.mutate()}
          >
            {text.createTopic}
          </Button>
        </div>
      )}
    </>
  );
}
