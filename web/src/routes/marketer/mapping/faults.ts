import { ApiError, type Fault } from '../../../api/client.ts';
import type { ItemField } from '../../../api/contract.ts';

const UNSAID: Fault[] = [];

/** The wrong places that an answer names. */
export const faultsOf = (error: unknown): Fault[] => (error instanceof ApiError ? error.fields : UNSAID);

const within = (pointer: string, place: string) => pointer === place || pointer.startsWith(`${place}/`);

/** What is wrong with the path of the items. */
export const itemPathFault = (faults: Fault[]) =>
  faults.find(fault => within(fault.pointer, '/definition/item_path'));

/** What is wrong with one source of a field, or with something that is done to what it gives. */
export const sourceFault = (faults: Fault[], field: ItemField, n: number) =>
  faults.find(fault => within(fault.pointer, `/definition/fields/${field}/${n}`));

export const fieldFault = (faults: Fault[], field: ItemField) =>
  faults.find(fault => within(fault.pointer, `/definition/fields/${field}`));

/** Whether a rule is wrong, and not the mapping. */
export const isFilterFault = (fault: Fault) => within(fault.pointer, '/filter');

/** What is wrong elsewhere in the definition, or nowhere in particular. */
export const otherFault = (faults: Fault[], fields: readonly ItemField[]) =>
  faults.find(
    fault =>
      within(fault.pointer, '/definition') &&
      !itemPathFault([fault]) &&
      !fields.some(field => fieldFault([fault], field)),
  );
