const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** The admin's screens. */
export const en = {
  title: 'People',
  invite: 'Invite',
  search: 'Search by name or e-mail',
  errorText: 'The people could not be loaded.',
  emptyTitle: 'Nobody found',
  emptyText: 'No one matches this search.',
  connection: { works: 'Connection works', broken: 'Connection broken', none: 'Not connected' },
  inactive: 'Deactivated',
  editThis: (name: string) => `Edit ${name}`,
  edit: {
    name: 'Name',
    team: 'Team',
    staff: 'Staff number',
    roles: 'Roles',
    hints: {
      employee: 'Shares posts, sees the own year.',
      marketer: 'Feeds and posts; totals, never who.',
      hr: 'Weeks and bonus of those who joined.',
      admin: 'Accounts only; no other personal data.',
    },
    deactivate: 'Deactivate',
    activate: 'Activate again',
    deactivateHint:
      'Ends all sessions, deletes all permissions at networks and stops planned shares, at once.',
    saved: 'Saved.',
    gone: (name: string) => `${name} is deactivated.`,
    back: (name: string) => `${name} is active again.`,
  },
  invites: {
    title: 'Open invitations',
    none: 'No open invitations.',
    until: (at: string) => `Valid until ${at}`,
    withdraw: 'Withdraw',
    withdrawThis: (name: string) => `Withdraw the invitation of ${name}`,
    count: (n: number) => plural(n, 'open invitation', 'open invitations'),
  },
  newInvite: {
    title: 'Invite someone',
    email: 'E-mail',
    create: 'Make the invitation',
    readyTitle: 'Send this link',
    ready: (email: string, at: string) =>
      `Give it to ${email} only. It works once, until ${at}, and is shown only now.`,
    link: 'Link',
    copy: 'Copy',
    copied: 'Copied',
    another: 'Invite another',
  },
  organisation: {
    title: 'Organisation',
    sub: 'Rules for everything that goes out. What is planned already keeps the line it was made with.',
    errorText: 'The rules could not be loaded.',
    saved: 'Saved. It holds from now on.',
    wrong: (n: number) => (n === 1 ? 'One field is not right yet.' : `${n} fields are not right yet.`),
    meanwhile:
      'Someone else changed these rules meanwhile, and nothing of yours is saved yet. Their changes are in the form now too; where you both changed the same, yours is there. Look, and save again.',
    theirs: (field: string, value: string) =>
      value ? `${field}: they wrote “${value}”.` : `${field}: they emptied it.`,
    lineTitle: 'A line below every text',
    lineHint:
      'Many organisations ask their people to say where they work. Klaroen puts the line below every text that it posts, on every network, and it counts in the length. Who shares by hand gets the line with the text, and could leave it out there. Leave both empty for no line.',
    lineNl: 'In Dutch',
    lineEn: 'In English',
    pageTitle: 'Your page on LinkedIn',
    pageHint:
      'Where @ and this name stand in a text, LinkedIn leads to your page. Write the name exactly as LinkedIn does. The number is in the address of the page when you manage it. Leave both empty for no page.',
    pageName: 'Name of the page',
    pageUrn: 'Number of the page',
    utmTitle: 'What your own statistics see',
    utmHint:
      'Added to the address that a new short link leads to. What an address has of its own stays as it is. Nothing about the person can stand here.',
    utm: 'Parameters',
    places: 'You can use {network}, {topic}, {feed} and {post}.',
    column: (n: number) => `At character ${n}.`,
    example: 'A post that leads to',
    becomes: 'then leads on LinkedIn to',
    same: 'Nothing is added.',
    hostsTitle: 'Approved sites',
    hostsHint:
      'One on each line, such as example.com; *.example.com is every site below it. A post to another site cannot go live, and links to it stop leading on, on every server within a minute. Empty: every site with https.',
    hosts: 'Sites that links may lead to',
  },
  publishing: {
    title: 'Publishing',
    errorText: 'How publishing is could not be loaded.',
    fine: 'Everything that is due goes out.',
    paused: (since: string, until: string) =>
      `LinkedIn lets nobody of your organisation through: its limit of the day was reached ${since}. Shares wait until ${until}.`,
    stuck: (n: number, state: string, ago: string) =>
      `${plural(n, 'share', 'shares')} (${state}) should have gone on ${ago}. Is a worker running?`,
    seen: (ago: string, times: number) => `Last seen ${ago}, ${plural(times, 'time', 'times')}.`,
    alarms: {} as Record<string, string>,
    cannotShare: 'Who cannot share right now',
    cannotShareHint:
      'Their connection ended. Their own pages ask them to renew it, and what waits is kept for seven days.',
    everybodyCan: 'Everybody who connected an account can share.',
    versions: 'Versions of the LinkedIn API',
    inUse: 'in use',
    ends: (day: string, announced: boolean) => (announced ? `until ${day}` : `at least until ${day}`),
    days: (n: number) => plural(n, 'day left', 'days left'),
    mail: {
      title: 'Mail',
      off: 'Mail is off: reminders are shown in the app only. Set KLAROEN_SMTP_URL and KLAROEN_MAIL_FROM.',
      fine: 'Mail works, as far as is known.',
      waiting: (n: number, why: string) =>
        `${plural(n, 'mail waits', 'mails wait')} to be tried again: ${why}.`,
      retry: 'Try them again',
      retried: 'They go out again in a moment.',
      failed: (n: number, kind: string, why: string, ago: string) =>
        `${plural(n, 'mail', 'mails')} (${kind}) did not go out: ${why}, last ${ago}.`,
      kinds: { connection_ends: 'a connection ends', connection_ended: 'a connection has ended' },
      refused: (code: string) => `the mail server answered ${code}`,
      whys: {
        field: 'a name or address that fits in no mail',
        slow: 'the mail server takes too long',
        tls: 'no secure connection to the mail server',
        unreachable: 'the mail server cannot be reached',
      } as Record<string, string>,
    },
    gone: 'LinkedIn says it is gone',
  },
};
