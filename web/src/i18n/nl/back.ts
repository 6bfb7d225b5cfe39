import type { back as en } from '../en/back.ts';

export const back: typeof en = {
  remove: network => `Verwijder van ${network}`,
  title: network => `Van ${network} verwijderen?`,
  gone: network => `Je bericht verdwijnt van ${network}, met alles wat mensen eronder schreven.`,
  once: 'Je kunt het daar geen tweede keer delen.',
  costs: until =>
    `Je week: het staat er nog geen 24 uur. Telt het mee voor de bonus, dan vervalt dat als je het voor ${until} verwijdert; daarna blijft het tellen.`,
  keeps: 'Je week: het stond er 24 uur. Telt het mee voor de bonus, dan blijft het tellen.',
  asked: 'Je week: je bedrijf vroeg erom. Telt het mee voor de bonus, dan blijft het tellen.',
  question: network => `Je bedrijf heeft dit bericht teruggenomen. Van ${network} verwijderen?`,
  byHand: network =>
    `Klaroen kan het van hieruit niet verwijderen. Open ${network}, verwijder je bericht daar en meld het hier.`,
  keep: 'Laten staan',
  kept: 'Het blijft staan. Je krijgt deze vraag niet nog eens.',
  heading: 'Teruggenomen door je bedrijf',
  again: 'Opnieuw proberen',
  myself: 'Ik heb het verwijderd',
  stay: 'Niet verwijderen',
  open: network => `Open op ${network}`,
  states: {
    waiting: network => `Het wordt van ${network} verwijderd.`,
    removed: 'Verwijderd',
    failed: 'Het is niet verwijderd.',
  },
  stood: (from, to, network) => `Stond op ${network} van ${from} tot ${to}.`,
  counts: 'Telt het mee voor de bonus, dan blijft het tellen.',
  lost: 'Het is binnen 24 uur verwijderd. Voor een bonus telt het niet.',
};
