import type { en } from '../en/opml.ts';

const meervoud = (n: number, een: string, meer: string) => `${n} ${n === 1 ? een : meer}`;

export const nl: typeof en = {
  importTitle: 'Lijst met feeds inlezen',
  importFeeds: 'Lijst inlezen',
  exportFeeds: 'Lijst bewaren',
  exportHint:
    'In de bewaarde lijst staan namen, adressen en onderwerpen. Indelingen, filters, teams en roosters staan er niet in: andere lezers kennen die niet.',
  intro: 'Een andere feedlezer kan zijn feeds bewaren als OPML. Klaroen volgt wat je aanvinkt.',
  drop: 'Sleep een OPML-bestand hierheen, of',
  choose: 'Kies een bestand',
  file: 'OPML-bestand',
  other: 'Ander bestand',
  unreadable: 'Dit bestand is niet te lezen. Kies een ander.',
  empty: 'In deze lijst staan geen feeds.',
  feeds: n => meervoud(n, 'feed', 'feeds'),
  without: 'Zonder groep',
  all: n => `Alle ${n}`,
  already: 'Die volg je al',
  topics: 'Een groep die heet als een onderwerp houdt dat onderwerp; de rest krijgt dit.',
  unusable: address => `valt af: ${address} is geen adres op het web.`,
  settings: 'Hoe je ze volgt',
  settingsHint: 'Later kun je het per feed wijzigen.',
  baseline: 'Wat er nu in de feeds staat is het beginpunt. Alleen wat daarna komt, wordt aangeboden.',
  follow: n => (n === 0 ? 'Vink een feed aan' : `${meervoud(n, 'feed', 'feeds')} volgen`),
  progressTitle: 'Je feeds worden voor het eerst gelezen',
  polled: (n, of) => `${n} van ${meervoud(of, 'feed', 'feeds')} gelezen`,
  nothingNew: 'Er is niets bij gekomen: deze feeds volgde je al, of je volgt ze niet meer.',
  done: (good, bad) =>
    bad === 0
      ? good === 1
        ? 'De feed werkt.'
        : `Alle ${good} feeds werken.`
      : `${meervoud(good, 'feed werkt', 'feeds werken')}; ${bad} nog niet.`,
  leave: 'Je kunt deze pagina verlaten; het gaat vanzelf door.',
  waits: 'Wacht',
  read: items => meervoud(items, 'item', 'items'),
  toFeeds: 'Naar de feeds',
};
