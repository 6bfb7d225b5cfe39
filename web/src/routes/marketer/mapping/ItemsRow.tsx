import { XPathInput } from '../../../components/XPathInput/XPathInput.tsx';
import { cx } from '../../../lib/cx.ts';
import { Alternatives } from './Alternatives.tsx';
import s from './Fields.module.css';
import { itemPathFault } from './faults.ts';
import { RowHead } from './RowHead.tsx';
import { useWizardText } from './texts.ts';
import { useMapping } from './useMapping.ts';

/** What one item is: the element that repeats. */
export function ItemsRow() {
  const texts = useWizardText();
  const text = texts.map;
  const { found, definition, mapped, change, faults, open, choices, choose } = useMapping();
  const path = definition.item_path;
  const fault = itemPathFault(faults);
  const isOpen = open === 'items' || path === '';
  const pointed = choices?.target === 'items';
  const list = pointed
    ? choices.list
    : found.item_paths.map(({ xpath, count, why }) => ({ xpath, why, filled: count, items: count }));
  return (
    <div className={cx(s.row, isOpen && s.openRow, fault && s.wrongRow)} data-field="items">
      <RowHead
        target="items"
        label={text.items}
        expression={path || undefined}
        wrong={fault !== undefined}
        {...(mapped && !fault ? { rate: { filled: mapped.items, items: mapped.items } } : {})}
      />
      {mapped?.items === 0 && !fault && <p className={cx(s.value, s.bad)}>{text.noneRead}</p>}
      {fault && !isOpen && (
        <p className={s.fault} role="alert">
          {texts.fault(fault.detail)}
        </p>
      )}
      {isOpen && (
        <div className={s.editor}>
          {path === '' && <p className={s.hint}>{text.noItems}</p>}
          <Alternatives
            legend={pointed ? text.alternatives : ''}
            list={list}
            chosen={path}
            onChoose={suggestion =>
              pointed ? choose(suggestion) : change(now => ({ ...now, item_path: suggestion.xpath }))
            }
          />
          <XPathInput
            label={text.itemPath}
            value={path}
            names={found.names}
            placeholder="/…"
            fault={fault && { detail: texts.fault(fault.detail), column: fault.column ?? null }}
            onChange={item_path => change(now => ({ ...now, item_path }), 'items')}
          />
        </div>
      )}
    </div>
  );
}
