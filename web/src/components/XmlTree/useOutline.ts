import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { OutlinePage } from '../../api/contract.ts';
import { type Loaded, type Wanted, withPage } from './outline.ts';
import { MORE, rowsOf, type View } from './rows.ts';

/** Fetches a page of children; the parent is `ROOT` for the document itself. */
export type Load = (wanted: Wanted) => Promise<OutlinePage>;

const nothing: View = { opened: new Map(), unfolded: new Map(), faces: new Map() };

type Deed =
  | { do: 'open'; key: string; open: boolean }
  | { do: 'unfold'; run: string }
  | { do: 'face'; run: string; place: number };

function act(view: View, deed: Deed): View {
  switch (deed.do) {
    case 'open':
      return { ...view, opened: new Map(view.opened).set(deed.key, deed.open) };
    case 'unfold': {
      const shown = view.unfolded.get(deed.run) ?? 1;
      return { ...view, unfolded: new Map(view.unfolded).set(deed.run, shown + MORE) };
    }
    case 'face':
      if ((view.faces.get(deed.run) ?? 1) === deed.place) return view;
      return { ...view, faces: new Map(view.faces).set(deed.run, deed.place) };
  }
}

/** A document that comes in as it is opened: its visible rows, and what the reader can do with them. */
export function useOutline(load: Load) {
  const [loaded, setLoaded] = useState<Loaded>(new Map());
  const [error, setError] = useState<unknown>(null);
  const [view, dispatch] = useReducer(act, nothing);
  const { rows, wanted } = useMemo(() => rowsOf(loaded, view), [loaded, view]);
  const asked = useRef(new Set<string>());
  const fetchPage = useCallback(
    async (part: Wanted) => {
      const key = `${part.parent} ${part.after}`;
      if (asked.current.has(key)) return;
      asked.current.add(key);
      try {
        const page = await load(part);
        setLoaded(before => withPage(before, part, page));
      } catch (cause) {
        setError(cause);
      } finally {
        asked.current.delete(key);
      }
    },
    [load],
  );
  useEffect(() => {
    if (error === null) for (const part of wanted) void fetchPage(part);
  }, [wanted, error, fetchPage]);
  return { loaded, rows, error, retry: () => setError(null), dispatch, fetchPage };
}

export type OutlineState = ReturnType<typeof useOutline>;
