import { useCallback, useRef, useState } from 'react';
import type { Definition } from '../../../api/contract.ts';

/** Steps that can be taken back. */
const MOST = 50;

/**
 * Changes with a way back. Letters typed one after another are one step; a deed such as pointing at something is always
 * a step of its own.
 */
export function useHistory(definition: Definition, onChange: (definition: Definition) => void) {
  const [past, setPast] = useState<Definition[]>([]);
  const typing = useRef<string | null>(null);
  const latest = useRef(definition);
  latest.current = definition;

  /** Changes the definition; `typed` names the input in which it happens. */
  const change = useCallback(
    (next: (now: Definition) => Definition, typed: string | null = null) => {
      const now = latest.current;
      if (typed === null || typed !== typing.current) setPast(before => [...before, now].slice(-MOST));
      typing.current = typed;
      latest.current = next(now);
      onChange(latest.current);
    },
    [onChange],
  );
  const undo = useCallback(() => {
    const last = past.at(-1);
    if (!last) return;
    setPast(past.slice(0, -1));
    typing.current = null;
    onChange(last);
  }, [past, onChange]);
  return { change, undo: past.length > 0 ? undo : null };
}
