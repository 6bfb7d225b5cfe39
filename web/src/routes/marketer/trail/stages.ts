import type { Schemas } from '../../../api/client.ts';

export type Stage = Schemas['TrailStage'];
type Step = Pick<Schemas['TrailStep'], 'step' | 'code'>;

/** How a stage looks: passed, waiting for somebody, the end of the way, not asked, or still ahead. */
export type Standing = 'done' | 'waits' | 'ends' | 'skipped' | 'ahead';

export const STAGES: Stage[] = ['fetched', 'mapped', 'filtered', 'approved', 'offered', 'shared'];

const waits = ['trail.waits', 'trail.draft'];
const ends = ['trail.no_link', 'trail.dropped', 'trail.rejected', 'trail.expired', 'trail.withdrawn'];

/** All stages of a way in order, each with its step where there is one. */
export function stagesOf<S extends Step>(
  trail: S[],
): { stage: Stage; step: S | undefined; standing: Standing }[] {
  const reached = STAGES.indexOf(trail.at(-1)?.step ?? 'fetched');
  return STAGES.map((stage, place) => {
    const step = trail.find(candidate => candidate.step === stage);
    if (!step) return { stage, step, standing: place < reached ? 'skipped' : 'ahead' };
    return { stage, step, standing: standingOf(step, place === reached) };
  });
}

function standingOf({ code }: Step, last: boolean): Standing {
  if (ends.includes(code)) return 'ends';
  if (waits.includes(code) || (last && code === 'trail.held')) return 'waits';
  return 'done';
}

/** Steps worth a sentence: what was missing, what the filter did, and where the way ended. */
export function telling<S extends Step & { words: string }>(trail: S[]): S[] {
  const hasPost = trail.some(step => step.step === 'approved');
  return trail.filter(
    (step, place) =>
      place === trail.length - 1 ||
      (step.code === 'trail.known_before' && !hasPost) ||
      step.step === 'filtered' ||
      (step.step === 'mapped' && step.words.includes('Not found')),
  );
}
