const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** Mail: what one wants of it, and the pages that its links lead to. */
export const en = {
  notifications: {
    title: 'Mails to me',
    text: 'Nothing is mailed without your yes. No mail tells us whether you opened it.',
    since: (day: string) => `You said yes on ${day}. Untick it to stop, at any time.`,
    off: 'Your organisation has set no mail server yet. Until then you see this in Klaroen only.',
    errorText: 'Your choices could not be loaded.',
  },
  renew: {
    title: (network: string) => `Renew ${network}`,
    ends: (name: string, day: string) => `Your connection as ${name} ends on ${day}.`,
    ended: (name: string) => `Your connection as ${name} no longer works.`,
    waiting: (n: number) => `${plural(n, 'share waits', 'shares wait')}.`,
    planned: (n: number) => `${plural(n, 'share is', 'shares are')} planned.`,
    how: (network: string, name: string) =>
      `${network} asks you to allow it again. Sign in there as ${name}; another account is refused.`,
    submit: 'Renew',
    gone: 'This link does not work any more',
    goneText: 'Your connection was renewed or ended, or the link is too old. Sign in to see how it stands.',
    doneTitle: 'Renewed',
    done: (network: string) => `Klaroen can post on ${network} for you again.`,
    doneDays: (network: string, days: number) =>
      `Klaroen can post on ${network} for you again, for ${plural(days, 'day', 'days')}.`,
    goesOut: (n: number) =>
      n === 1
        ? 'Your waiting share goes out at its time.'
        : `Your ${n} waiting shares go out at their times.`,
    failed: 'This was not renewed',
    again: 'Open the link in the mail once more, or sign in and connect on your own page.',
    home: 'To Klaroen',
  },
  stop: {
    title: 'No more of these mails?',
    text: 'You then see the end of a connection in Klaroen only.',
    submit: 'No more mails',
    doneTitle: 'These mails have stopped',
    done: 'You can switch them on again on your own page.',
    failed: 'This did not work. Try again in a moment.',
  },
};
