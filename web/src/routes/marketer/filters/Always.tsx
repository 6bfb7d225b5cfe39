import { useState } from 'react';
import { Area, Check } from '../../../components/Field.tsx';
import s from './Filters.module.css';
import type { Fault } from './rules.ts';
import type { Filter } from './shapes.ts';
import { useFilterText } from './texts.ts';
import { useFault } from './useFilter.ts';

type Props = {
  filter: Required<Filter>;
  onChange: (part: Partial<Filter>) => void;
  faults: readonly Fault[];
};

/** The two rules that are built in: the same title twice, and stop words. */
export function Always({ filter, onChange, faults }: Props) {
  const text = useFilterText().options;
  const fault = useFault(faults);
  // The lines as they are typed: a line that is still empty is no stop word yet.
  const [lines, setLines] = useState(filter.stop_words.join('\n'));
  const wrong = filter.stop_words.findIndex((_, i) => fault(`/filter/stop_words/${i}`));
  const says = fault(`/filter/stop_words/${wrong}`);
  return (
    <fieldset className={s.always}>
      <legend>{text.title}</legend>
      <Check
        label={text.sameTitle}
        hint={text.sameTitleHint}
        checked={filter.drop_same_title}
        onChange={event => onChange({ drop_same_title: event.target.checked })}
      />
      <Area
        label={text.stopWords}
        hint={text.stopWordsHint}
        rows={3}
        value={lines}
        error={says ? text.stopWord(wrong + 1, says) : fault('/filter/stop_words')}
        onChange={event => {
          setLines(event.target.value);
          const words = event.target.value.split('\n').map(word => word.trim());
          onChange({ stop_words: words.filter(Boolean) });
        }}
      />
    </fieldset>
  );
}
