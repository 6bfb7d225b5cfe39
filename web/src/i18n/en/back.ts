/** Taking back what is out. */
export const back = {
  remove: (network: string) => `Remove from ${network}`,
  title: (network: string) => `Remove from ${network}?`,
  gone: (network: string) =>
    `Your post disappears from ${network}, with everything that people wrote below it.`,
  once: 'You cannot share it there a second time.',
  costs: (until: string) =>
    `Your week: it has not stood for 24 hours. Removed before ${until}, it counts no longer for the bonus; after that it keeps counting.`,
  keeps: 'Your week: it has stood for 24 hours, so it keeps counting for the bonus.',
  asked: 'Your week: your company asked for it, so it keeps counting for the bonus.',
  question: (network: string) => `Your company took this post back. Remove it from ${network}?`,
  byHand: (network: string) =>
    `Klaroen cannot remove it from here. Open ${network}, remove your post there, and say so.`,
  keep: 'Keep it',
  kept: 'It stays. You are not asked again.',
  heading: 'Taken back by your company',
  again: 'Try again',
  myself: 'I removed it',
  stay: 'Leave it',
  open: (network: string) => `Open on ${network}`,
  states: {
    waiting: (network: string) => `It is being removed from ${network}.`,
    removed: 'Removed',
    failed: 'It is not removed.',
  },
  stood: (from: string, to: string, network: string) => `On ${network} from ${from} until ${to}.`,
  counts: 'It keeps counting.',
  lost: 'It was removed within 24 hours, so it does not count.',
};
