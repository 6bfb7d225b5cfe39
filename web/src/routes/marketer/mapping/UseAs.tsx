import { Menu, type MenuItem } from '../../../components/Menu.tsx';
import type { Picked } from '../../../components/XmlTree/XmlTree.tsx';
import { FIELDS } from './definition.ts';
import { useWizardText } from './texts.ts';
import { type Target, useMapping } from './useMapping.ts';

type Props = { picked: Picked; onChoose: (target: Target) => void; onClose: () => void };

/** Asks what a place in the document is: one of the fields, or an item. */
export function UseAs({ picked: { node, attribute, anchor }, onChoose, onClose }: Props) {
  const texts = useWizardText();
  const text = texts.map;
  const { rateOf, mapped } = useMapping();
  const fields = FIELDS.map((field): MenuItem<Target> => {
    const filled = rateOf(field)?.filled ?? 0;
    const note = mapped && filled > 0 ? text.rate(filled, mapped.items) : undefined;
    return { value: field, label: texts.fields[field], note };
  });
  const items = { value: 'items' as const, label: text.items, note: text.itemsNote };
  // An element with others inside is more likely an item than a value.
  const holds = attribute === null && node.children > 0;
  const choices = holds
    ? [items, ...fields.map((field, n) => ({ ...field, apart: n === 0 }))]
    : [...fields, { ...items, apart: true }];
  return (
    <Menu
      label={text.menu(attribute === null ? node.name || 'text()' : `@${attribute}`)}
      anchor={anchor}
      items={choices}
      onChoose={onChoose}
      onClose={onClose}
    />
  );
}
