import type { en } from '../en/mail.ts';

const meervoud = (n: number, een: string, meer: string) => `${n} ${n === 1 ? een : meer}`;

export const nl: typeof en = {
  notifications: {
    title: 'Mails aan mij',
    text: 'Zonder jouw ja wordt er niets gemaild. Geen mail vertelt ons of je hem opende.',
    since: day => `Je zei ja op ${day}. Haal het vinkje weg om te stoppen, wanneer je maar wilt.`,
    off: 'Je organisatie heeft nog geen mailserver ingesteld. Tot die tijd zie je dit alleen in Klaroen.',
    errorText: 'Je keuzes konden niet worden geladen.',
  },
  renew: {
    title: network => `${network} vernieuwen`,
    ends: (name, day) => `Je koppeling als ${name} eindigt op ${day}.`,
    ended: name => `Je koppeling als ${name} werkt niet meer.`,
    waiting: n => (n === 1 ? 'Er wacht 1 bericht.' : `Er wachten ${n} berichten.`),
    planned: n => (n === 1 ? 'Er staat 1 bericht gepland.' : `Er staan ${n} berichten gepland.`),
    how: (network, name) =>
      `${network} vraagt je om opnieuw ja te zeggen. Log daar in als ${name}; een ander account wordt geweigerd.`,
    submit: 'Vernieuwen',
    gone: 'Deze link werkt niet meer',
    goneText:
      'Je koppeling is vernieuwd of verbroken, of de link is te oud. Log in om te zien hoe het staat.',
    doneTitle: 'Vernieuwd',
    done: network => `Klaroen kan weer voor je op ${network} plaatsen.`,
    doneDays: (network, days) =>
      `Klaroen kan weer voor je op ${network} plaatsen, ${meervoud(days, 'dag', 'dagen')} lang.`,
    goesOut: n =>
      n === 1
        ? 'Je wachtende bericht gaat op zijn tijd uit.'
        : `Je ${n} wachtende berichten gaan op hun tijd uit.`,
    failed: 'Dit is niet vernieuwd',
    again: 'Open de link in de mail nog eens, of log in en verbind op je eigen pagina.',
    home: 'Naar Klaroen',
  },
  stop: {
    title: 'Deze mails niet meer?',
    text: 'Dan zie je het einde van een koppeling alleen nog in Klaroen.',
    submit: 'Geen mails meer',
    doneTitle: 'Deze mails zijn gestopt',
    done: 'Je kunt ze weer aanzetten op je eigen pagina.',
    failed: 'Dit is niet gelukt. Probeer het zo nog eens.',
  },
};
