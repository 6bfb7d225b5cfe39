import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { OutlineNode } from '../../api/contract.ts';
import { cx } from '../../lib/cx.ts';
import { move, type Spot } from './keys.ts';
import type { Row } from './rows.ts';
import { TreeRow } from './TreeRow.tsx';
import type { OutlineState } from './useOutline.ts';
import s from './XmlTree.module.css';

/** What was clicked, and the element it was clicked in. */
export type Picked = { node: OutlineNode; attribute: string | null; anchor: HTMLElement };

type Props = {
  label: string;
  texts: { more: (left: number, name: string) => string; page: (left: number) => string };
  rows: Row[];
  outline: Pick<OutlineState, 'dispatch' | 'fetchPage'>;
  onPick: (picked: Picked) => void;
  /** What stands behind a node or an attribute of it. */
  mark: (node: OutlineNode, attribute: string | null) => ReactNode;
  /** A click means something else than usual at the moment. */
  aiming?: boolean;
};

/**
 * A document as a tree to click in: one tab stop, arrow keys inside, attributes as leaves on the line of their element.
 * Enter and space pick, as a click does.
 */
export function XmlTree({ label, texts, rows, outline, onPick, mark, aiming }: Props) {
  const tree = useRef<HTMLDivElement>(null);
  const [spot, setSpot] = useState<Spot>({ row: '', attribute: null });
  const moved = useRef(false);
  const known = rows.some(row => row.key === spot.row);
  const tabbed = known ? spot : { row: rows[0]?.key ?? '', attribute: null };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the spot, and nothing else
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    const element = tree.current?.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]');
    element?.focus();
    element?.scrollIntoView?.({ block: 'nearest' });
  }, [spot]);

  const activate = (row: Row, attribute: string | null, anchor: HTMLElement) => {
    setSpot({ row: row.key, attribute });
    if (row.kind === 'node') onPick({ node: row.node, attribute, anchor });
    else if (row.kind === 'more') outline.dispatch({ do: 'unfold', run: row.run });
    else void outline.fetchPage(row.wanted);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows.find(one => one.key === tabbed.row);
    if (row && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      activate(row, tabbed.attribute, event.target as HTMLElement);
      return;
    }
    const next = move(rows, tabbed, event.key);
    if (!next) return;
    event.preventDefault();
    if ('focus' in next) {
      moved.current = true;
      setSpot(next.focus);
    } else outline.dispatch({ do: 'open', key: next.open, open: next.value });
  };

  return (
    <div
      ref={tree}
      role="tree"
      aria-label={label}
      className={cx(s.tree, aiming && s.aiming)}
      onKeyDown={onKeyDown}
    >
      {rows.map(row => (
        <TreeRow
          key={row.key}
          row={row}
          texts={texts}
          spot={tabbed.row === row.key ? tabbed : null}
          mark={mark}
          onToggle={(key, open) => outline.dispatch({ do: 'open', key, open })}
          onActivate={activate}
        />
      ))}
    </div>
  );
}
