import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../../api/client.ts';
import { definitionQuery, definitionsQuery } from '../../../api/definitions.ts';
import { tryForFeed } from '../../../api/mapping.ts';
import { Select } from '../../../components/Field.tsx';
import { Note, Skeleton, useProblem } from '../../../components/States.tsx';
import { useDefinitionText } from '../definitions/texts.ts';
import { Trials } from '../reading/Trials.tsx';

type Props = { feed: Schemas['Feed']; value: string; onChange: (name: string) => void };

/** With which definition a feed is read. Another one shows what it would change before it is saved. */
export function DefinitionField({ feed, value, onChange }: Props) {
  const text = useDefinitionText();
  const { data: list = [] } = useQuery(definitionsQuery);
  const groups = [
    { label: text.own, names: list.filter(one => !one.built_in) },
    { label: text.builtIn, names: list.filter(one => one.built_in) },
  ];
  return (
    <>
      <Select label={text.one} value={value} onChange={event => onChange(event.target.value)}>
        {groups.map(
          ({ label, names }) =>
            names.length > 0 && (
              <optgroup key={label} label={label}>
                {names.map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </optgroup>
            ),
        )}
      </Select>
      {value !== feed.definition && <Effect feed={feed.id} name={value} />}
    </>
  );
}

function Effect({ feed, name }: { feed: string; name: string }) {
  const client = useQueryClient();
  const problem = useProblem();
  const trial = useQuery({
    queryKey: ['trials', feed, name],
    gcTime: 0,
    retry: false,
    queryFn: async () => tryForFeed(feed, (await client.fetchQuery(definitionQuery(name))).definition),
  });
  if (trial.error) return <Note tone="bad">{problem(trial.error)}</Note>;
  return trial.data ? <Trials trials={[trial.data]} /> : <Skeleton count={1} />;
}
