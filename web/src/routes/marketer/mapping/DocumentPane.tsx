import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { OutlineNode } from '../../../api/contract.ts';
import { nodesQuery } from '../../../api/mapping.ts';
import { Button } from '../../../components/Button.tsx';
import { Chip } from '../../../components/Chip.tsx';
import { Menu } from '../../../components/Menu.tsx';
import { Search } from '../../../components/Search.tsx';
import { Failed, Note, Skeleton, useProblem } from '../../../components/States.tsx';
import { ROOT, type Wanted } from '../../../components/XmlTree/outline.ts';
import { useOutline } from '../../../components/XmlTree/useOutline.ts';
import { type Picked, XmlTree } from '../../../components/XmlTree/XmlTree.tsx';
import { FIELDS } from './definition.ts';
import { Hits } from './Hits.tsx';
import s from './Mapping.module.css';
import { spotKey } from './mirror.ts';
import { useWizardText } from './texts.ts';
import { type Target, useMapping } from './useMapping.ts';
import { useMarks } from './useMarks.ts';

/** The document as it came, to point in. */
export function DocumentPane() {
  const texts = useWizardText();
  const text = texts.map;
  const { found, aim, point, rateOf, mapped, item } = useMapping();
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
  const choices = FIELDS.map(field => {
    const rate = rateOf(field);
    return {
      value: field as Target,
      label: texts.fields[field],
      note: rate && mapped && rate.filled > 0 ? text.rate(rate.filled, mapped.items) : undefined,
    };
  });
  const itemsChoice = { value: 'items' as Target, label: text.items, note: text.itemsNote };
  const name = picked && (picked.attribute ? `@${picked.attribute}` : picked.node.name || 'text()');
  const holds = picked && picked.attribute === null && picked.node.children > 0;

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
      {picked && name && (
        <Menu
          label={text.menu(name)}
          anchor={picked.anchor}
          items={
            holds
              ? [itemsChoice, ...choices.map((choice, i) => ({ ...choice, apart: i === 0 }))]
              : [...choices, { ...itemsChoice, apart: true }]
          }
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

/** Says what a click means at the moment. */
function Aiming() {
  const texts = useWizardText();
  const text = texts.map;
  const { aim, setAim } = useMapping();
  return (
    <p className={s.aiming} role="status">
      <span>{aim === 'items' ? text.aimingItems : aim && text.aiming(texts.fields[aim])}</span>
      <Button look="quiet" onClick={() => setAim(null)}>
        {text.stop}
      </Button>
    </p>
  );
}

function Trouble() {
  const text = useWizardText().map;
  const problem = useProblem();
  const { trouble, forgive } = useMapping();
  if (!trouble) return null;
  return (
    <div className={s.trouble}>
      <Note
        tone="warn"
        action={<Button look="quiet" icon="close" square aria-label={text.stop} onClick={forgive} />}
      >
        {trouble === 'notInItem' || trouble === 'noRepeat' ? text[trouble] : problem(trouble)}
      </Note>
    </div>
  );
}

function Namespaces() {
  const text = useWizardText().map;
  const { namespaces } = useMapping().found;
  if (namespaces.length === 0) return null;
  return (
    <details className={s.namespaces}>
      <summary>{text.namespaces(namespaces.length)}</summary>
      <dl>
        {namespaces.map(({ prefix, uri }) => (
          <div key={prefix}>
            <dt>{prefix || '·'}</dt>
            <dd>{uri}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
