import type { Tone } from '../../../components/Chip.tsx';
import type { IconName } from '../../../components/Icon.tsx';
import type { Outcome } from './rules.ts';

/** How each outcome looks; the words come from the texts. */
export const outcomeLook: Record<Outcome, { tone: Tone; icon: IconName }> = {
  keep: { tone: 'good', icon: 'check' },
  hold: { tone: 'warn', icon: 'clock' },
  drop: { tone: 'plain', icon: 'close' },
};
