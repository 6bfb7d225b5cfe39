import type { Fault } from '../../../api/client.ts';
import { useFilterText } from '../filters/texts.ts';
import { useFaultSays } from '../filters/useFilter.ts';
import { FIELDS } from './definition.ts';
import { fieldFault, isFilterFault, itemPathFault } from './faults.ts';
import { useWizardText } from './texts.ts';

/** Where a fault of a mapping or its filter is, by the name that the screen gives that place, and what it is. */
export function useFaultWords() {
  const texts = useWizardText();
  const { rule } = useFilterText().because;
  const says = useFaultSays();
  const place = (fault: Fault): string | undefined => {
    if (itemPathFault([fault])) return texts.map.items;
    const field = FIELDS.find(one => fieldFault([fault], one));
    if (field) return texts.fields[field];
    const n = /^\/filter\/rules\/(\d+)/.exec(fault.pointer)?.[1];
    return n === undefined ? undefined : rule(Number(n) + 1, '');
  };
  return {
    /** The places, each once, as in "Title, Link". */
    places: (faults: Fault[]) =>
      [...new Set(faults.map(fault => place(fault) ?? texts.publish.elsewhere))].join(', '),
    /** As in "Title: a name is missing here." */
    sentence: (fault: Fault) => {
      const words = isFilterFault(fault) ? says(fault) : texts.fault(fault.detail);
      const where = place(fault);
      return where ? `${where}: ${words}` : words;
    },
  };
}
