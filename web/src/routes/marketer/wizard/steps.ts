/** The steps of the wizard, in order; their names are those in the address. */
export const STEPS = ['source', 'map', 'filter', 'publish'] as const;

export type Step = (typeof STEPS)[number];

/** The step that the address names; the first when it names none. */
export const stepOf = (name: string): Step => STEPS.find(step => step === name) ?? 'source';

/** The step so many places further; undefined beyond the ends. */
export const stepFrom = (step: Step, by: -1 | 1): Step | undefined => STEPS[STEPS.indexOf(step) + by];
