import type { Fault } from '../../../api/client.ts';
import { isFilterFault } from '../mapping/faults.ts';

/** The steps of the wizard, in order; their names are those in the address. */
export const STEPS = ['source', 'map', 'filter', 'publish'] as const;

export type Step = (typeof STEPS)[number];

/** The step that the address names; the first when it names none. */
export const stepOf = (name: string): Step => STEPS.find(step => step === name) ?? 'source';

/** The step so many places further; undefined beyond the ends. */
export const stepFrom = (step: Step, by: -1 | 1): Step | undefined => STEPS[STEPS.indexOf(step) + by];

/** The step in which something is wrong; without a mapping no rule could be tried, so that one comes first. */
export function wrongStep(faults: Fault[]): Step | undefined {
  if (faults.length === 0) return undefined;
  return faults.every(isFilterFault) ? 'filter' : 'map';
}
