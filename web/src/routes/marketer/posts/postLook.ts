import type { Schemas } from '../../../api/client.ts';
import type { Tone } from '../../../components/Chip.tsx';
import type { IconName } from '../../../components/Icon.tsx';

/** How each state of a post looks; the words come from the texts. */
export const postLook: Record<Schemas['PostState'], { tone: Tone; icon: IconName }> = {
  draft: { tone: 'plain', icon: 'edit' },
  in_review: { tone: 'warn', icon: 'clock' },
  live: { tone: 'good', icon: 'check' },
  expired: { tone: 'plain', icon: 'clock' },
  withdrawn: { tone: 'plain', icon: 'close' },
};
