import type { MouseEvent, ReactNode } from 'react';
import type { OutlineAttribute, OutlineNode } from '../../api/contract.ts';
import { cx } from '../../lib/cx.ts';
import { Icon } from '../Icon.tsx';
import type { Spot } from './keys.ts';
import type { Row } from './rows.ts';
import s from './XmlTree.module.css';

type Props = {
  row: Row;
  texts: { more: (left: number, name: string) => string; page: (left: number) => string };
  /** The row, or an attribute of it, is the tree's tab stop. */
  spot: Spot | null;
  mark: (node: OutlineNode, attribute: string | null) => ReactNode;
  onToggle: (key: string, open: boolean) => void;
  onActivate: (row: Row, attribute: string | null, anchor: HTMLElement) => void;
};

/** One line of the tree: an element with its attributes, its text and its marks, or what opens more lines. */
export function TreeRow({ row, texts, spot, mark, onToggle, onActivate }: Props) {
  const item = {
    'aria-level': row.level,
    'aria-posinset': row.position,
    'aria-setsize': row.size,
  } as const;
  const tabIndex = spot && spot.attribute === null ? 0 : -1;
  const onClick = (event: MouseEvent<HTMLElement>) => onActivate(row, null, event.currentTarget);
  return (
    <div
      role="none"
      className={s.line}
      style={{ paddingInlineStart: `calc(${row.level - 1} * var(--step))` }}
    >
      {row.kind === 'node' && row.open !== null ? (
        // The keyboard opens and closes with the arrow keys of the row itself.
        <button
          type="button"
          className={s.toggle}
          tabIndex={-1}
          aria-hidden="true"
          onClick={() => onToggle(row.key, !row.open)}
        >
          <Icon name="right" className={cx(s.chevron, row.open && s.open)} />
        </button>
      ) : (
        <span />
      )}
      <div role="none" className={s.content}>
        {row.kind === 'node' ? (
          <>
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the tree listens to the keys of all its items */}
            <div
              role="treeitem"
              tabIndex={tabIndex}
              {...item}
              {...(row.open === null ? {} : { 'aria-expanded': row.open })}
              className={s.item}
              onClick={onClick}
            >
              <Name node={row.node} />
              {row.run && row.node.of > 1 && (
                <span className={s.times}>
                  {row.node.place > 1 ? `${row.node.place}/${row.node.of}` : `×${row.node.of}`}
                </span>
              )}
              {row.node.text && <span className={s.text}>{row.node.text}</span>}
              {mark(row.node, null)}
            </div>
            {row.node.attributes.map(attribute => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the tree listens to the keys of all its items
              <div
                key={attribute.name}
                role="treeitem"
                aria-level={row.level + 1}
                tabIndex={spot?.attribute === attribute.name ? 0 : -1}
                className={s.attribute}
                title={attribute.value}
                onClick={event => onActivate(row, attribute.name, event.currentTarget)}
              >
                <Attribute attribute={attribute} />
                {mark(row.node, attribute.name)}
              </div>
            ))}
          </>
        ) : (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree listens to the keys of all its items
          <div role="treeitem" tabIndex={tabIndex} {...item} className={cx(s.item, s.more)} onClick={onClick}>
            {row.kind === 'more'
              ? texts.more(row.left, row.run.slice(row.run.lastIndexOf('/') + 1))
              : texts.page(row.left)}
          </div>
        )}
      </div>
    </div>
  );
}

/** The name as written, its prefix set back; the namespace itself as a hint. */
function Name({ node }: { node: OutlineNode }) {
  if (node.kind === 'text') return null;
  const colon = node.name.indexOf(':');
  return (
    <span className={s.name} title={node.namespace || undefined}>
      {colon > 0 && <span className={s.prefix}>{node.name.slice(0, colon + 1)}</span>}
      {node.name.slice(colon + 1)}
    </span>
  );
}

function Attribute({ attribute }: { attribute: OutlineAttribute }) {
  return (
    <>
      <span className={s.attributeName}>@{attribute.name}</span>
      <span className={s.value}>{attribute.value}</span>
    </>
  );
}
