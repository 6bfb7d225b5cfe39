import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { topicsQuery } from '../../../api/queries.ts';
import { useText } from '../../../i18n/index.tsx';
import { type Fault, faultAt } from './rules.ts';
import type { Words } from './say.ts';
import { useFilterText } from './texts.ts';

/** What sentences about rules need. */
export function useWords(): Words {
  const text = useFilterText();
  const { data } = useQuery(topicsQuery);
  return useMemo(() => ({ text, topics: new Map(data?.map(topic => [topic.id, topic.name])) }), [text, data]);
}

/** What a fault of a filter is, in the reader's language. */
export function useFaultSays(): (fault: Fault) => string {
  const words = useFilterText().faults;
  const problems = useText().problems;
  return ({ code, detail, column }) => words[code]?.(detail, column ?? 1) ?? problems[code] ?? detail;
}

/** What is wrong at a place, in the reader's language. */
export function useFault(faults: readonly Fault[]): (pointer: string) => string | undefined {
  const says = useFaultSays();
  return pointer => {
    const fault = faultAt(faults, pointer);
    return fault && says(fault);
  };
}
