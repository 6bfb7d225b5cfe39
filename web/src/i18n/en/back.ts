/** Taking back what is out. */
export const back = {
  remove: (network: string) => `Remove from ${network}`,
  title: (network: string) => `Remove from ${network}?`,
  gone: (network: string) =>
    `Your post disappears from ${network}, with everything that people wrote below it.`,
  once: 'You cannot share it there a second time.',
  costs: (until: string) =>
    `Your week: it has not stood for 24 hours. If it counts for the bonus, it no longer does when you remove it before ${until}; after that it keeps counting.`,
  keeps: 'Your week: it has stood for 24 hours. If it counts for the bonus, it keeps counting.',
  asked: 'Your week: your company asked for it. If it counts for the bonus, it keeps counting.',
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
  counts: 'If it counts for the bonus, it keeps counting.',
  lost: 'It was removed within 24 hours. It does not count for a bonus.',
};
