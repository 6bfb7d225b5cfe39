const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** A list of feeds in and out. */
export const en = {
  importTitle: 'Import a list of feeds',
  importFeeds: 'Import a list',
  exportFeeds: 'Export the list',
  exportHint:
    'The exported list has names, addresses and topics. Mappings, filters, teams and timetables are not in it: other readers do not know them.',
  intro: 'Another feed reader can export its feeds as OPML. Klaroen follows those that you tick.',
  drop: 'Drop an OPML file here, or',
  choose: 'Choose a file',
  file: 'OPML file',
  other: 'Another file',
  unreadable: 'This file could not be read. Choose another one.',
  empty: 'There are no feeds in this list.',
  feeds: (n: number) => plural(n, 'feed', 'feeds'),
  without: 'Without group',
  all: (n: number) => `All ${n}`,
  already: 'You follow it already',
  topics: 'A group that is called like a topic keeps that topic; the rest gets this one.',
  unusable: (address: string) => `is left out: ${address} is no address on the web.`,
  settings: 'How to follow them',
  settingsHint: 'It can be changed for each feed later.',
  baseline: 'What is in the feeds today is the baseline. Only what comes after is offered.',
  follow: (n: number) => (n === 0 ? 'Tick a feed' : `Follow ${plural(n, 'feed', 'feeds')}`),
  progressTitle: 'Your feeds are read for the first time',
  polled: (n: number, of: number) => `${n} of ${plural(of, 'feed', 'feeds')} read`,
  nothingNew: 'Nothing was added: you followed these feeds already, or follow them no more.',
  done: (good: number, bad: number) =>
    bad === 0
      ? good === 1
        ? 'The feed works.'
        : `All ${good} feeds work.`
      : `${plural(good, 'feed works', 'feeds work')}; ${bad} ${bad === 1 ? 'does' : 'do'} not yet.`,
  leave: 'You may leave this page; it goes on by itself.',
  waits: 'Waits',
  read: (items: number) => plural(items, 'item', 'items'),
  toFeeds: 'To the feeds',
};
