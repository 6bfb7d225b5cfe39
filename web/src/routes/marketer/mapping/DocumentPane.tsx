import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { OutlineNode } from '../../../api/contract.ts';
import { nodesQuery } from '../../../api/mapping.ts';
import { Chip } from '../../../components/Chip.tsx';
import { Search } from '../../../components/Search.tsx';
import { Failed, Skeleton } from '../../../components/States.tsx';
import { ROOT, type Wanted } from '../../../components/XmlTree/outline.ts';
import { useOutline } from '../../../components/XmlTree/useOutline.ts';
import { type Picked, XmlTree } from '../../../components/XmlTree/XmlTree.tsx';
import { Aiming, Namespaces, Trouble } from './DocumentParts.tsx';
import { Hits } from './Hits.tsx';
import s from './Mapping.module.css';
import { spotKey } from './mirror.ts';
import { useWizardText } from './texts.ts';
import { UseAs } from './UseAs.tsx';
import { useMapping } from './useMapping.ts';
import { useMarks } from './useMarks.ts';

/** The document as it came, to point in. */
export function DocumentPane() {
  const texts = useWizardText();
  const text = texts.map;
  const { found, aim, point, mapped, item } = useMapping();
  const client = useQueryClient();
  const load = useCallback(
    ({ parent, after }: Wanted) =>
      client.fetchQuery(nodesQuery(found.id, parent === ROOT ? undefined : parent, after)),
    [client, found.id],
  );
  const outline = useOutline(load);
  const { marks, items } = useMarks(outline.loaded);
  const [q, setQ] = useState('');
  const [picked, setPicked] = useState<Picked | null>(null);
  useFace(outline, items, item, mapped?.items ?? 0);

  const onPick = (next: Picked) => {
    const click = { node: next.node.id, attribute: next.attribute };
    if (aim) void point(aim, click);
    else setPicked(next);
  };
  const mark = (node: OutlineNode, attribute: string | null) =>
    marks.get(spotKey(node.id, attribute))?.map(({ target, first }) => (
      <Chip key={target} tone={first ? 'good' : 'plain'}>
        {target === 'items' ? text.items : texts.fields[target]}
      </Chip>
    ));

  return (
    <section className={s.pane} aria-label={text.document}>
      <div className={s.paneHead}>
        {aim ? <Aiming /> : <Search label={text.search} value={q} onSearch={setQ} />}
      </div>
      <Trouble />
      <div className={s.scroll}>
        {outline.error ? (
          <Failed error={outline.error} onRetry={outline.retry} />
        ) : q ? (
          <Hits q={q} onPick={onPick} mark={mark} aiming={aim !== null} />
        ) : outline.rows.length > 0 ? (
          <XmlTree
            label={text.document}
            texts={text}
            rows={outline.rows}
            outline={outline}
            onPick={onPick}
            mark={mark}
            aiming={aim !== null}
          />
        ) : (
          <div className={s.padded}>
            <Skeleton count={3} />
          </div>
        )}
      </div>
      <Namespaces />
      {picked && (
        <UseAs
          picked={picked}
          onClose={() => setPicked(null)}
          onChoose={target => {
            setPicked(null);
            void point(target, { node: picked.node.id, attribute: picked.attribute });
          }}
        />
      )}
    </section>
  );
}

/** The chosen item stands for its run in the tree, when the run is the items and nothing else. */
function useFace(outline: ReturnType<typeof useOutline>, items: number[], item: number, count: number) {
  const { rows, dispatch } = outline;
  const row = rows.find(one => one.kind === 'node' && one.run !== null && items.includes(one.node.id));
  const run = row?.kind === 'node' && row.node.of === count ? row.run : null;
  useEffect(() => {
    if (run) dispatch({ do: 'face', run, place: item + 1 });
  }, [run, item, dispatch]);
}
