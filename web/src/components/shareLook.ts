import type { Schemas } from '../api/client.ts';
import type { Tone } from './Chip.tsx';
import type { IconName } from './Icon.tsx';

/** How each state of a share looks; the words come from the texts. */
export const shareLook: Record<Schemas['State'], { tone: Tone; icon: IconName }> = {
  planned: { tone: 'info', icon: 'clock' },
  queued: { tone: 'info', icon: 'clock' },
  held: { tone: 'warn', icon: 'pause' },
  posting: { tone: 'info', icon: 'clock' },
  published: { tone: 'good', icon: 'check' },
  refused: { tone: 'bad', icon: 'alert' },
  unknown: { tone: 'warn', icon: 'alert' },
  cancelled: { tone: 'plain', icon: 'close' },
};
