import type { en } from '../en/admin.ts';

const meervoud = (n: number, een: string, meer: string) => `${n} ${n === 1 ? een : meer}`;

export const nl: typeof en = {
  title: 'Mensen',
  invite: 'Uitnodigen',
  search: 'Zoek op naam of e-mail',
  errorText: 'De mensen konden niet worden geladen.',
  emptyTitle: 'Niemand gevonden',
  emptyText: 'Niemand past bij deze zoekopdracht.',
  connection: { works: 'LinkedIn werkt', broken: 'LinkedIn stuk', none: 'Niet verbonden' },
  inactive: 'Uitgeschakeld',
  editThis: name => `${name} bewerken`,
  edit: {
    name: 'Naam',
    team: 'Team',
    staff: 'Personeelsnummer',
    roles: 'Rollen',
    hints: {
      employee: 'Deelt berichten, ziet het eigen jaar.',
      marketer: 'Feeds en berichten; totalen, nooit wie.',
      hr: 'Weken en bonus van wie meedoet.',
      admin: 'Alleen accounts; geen andere persoonlijke gegevens.',
    },
    deactivate: 'Uitschakelen',
    activate: 'Weer inschakelen',
    deactivateHint:
      'Beëindigt alle sessies, wist de LinkedIn-toestemming en stopt geplande berichten, meteen.',
    saved: 'Bewaard.',
    gone: name => `${name} is uitgeschakeld.`,
    back: name => `${name} is weer ingeschakeld.`,
  },
  invites: {
    title: 'Open uitnodigingen',
    none: 'Geen open uitnodigingen.',
    until: at => `Geldig tot ${at}`,
    withdraw: 'Intrekken',
    withdrawThis: name => `De uitnodiging van ${name} intrekken`,
    count: n => meervoud(n, 'open uitnodiging', 'open uitnodigingen'),
  },
  newInvite: {
    title: 'Iemand uitnodigen',
    email: 'E-mail',
    create: 'Uitnodiging maken',
    readyTitle: 'Verstuur deze link',
    ready: (email, at) =>
      `Geef hem alleen aan ${email}. Hij werkt één keer, tot ${at}, en is alleen nu te zien.`,
    link: 'Link',
    copy: 'Kopiëren',
    copied: 'Gekopieerd',
    another: 'Nog iemand uitnodigen',
  },
};
