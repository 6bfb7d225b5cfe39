import type { en } from '../en/trail.ts';
import { found } from './sentences.ts';

const sentences: Record<string, string> = {
  'trail.fetched': 'Het is gevonden bij het ophalen.',
  'trail.known_before':
    'Het stond er al voordat je de feed volgde, dus het is geen nieuws. Mag het gedeeld worden? Bied het dan zelf aan.',
  'trail.no_link':
    'Er is geen link gevonden, dus er kan geen bericht van komen. Kijk hoe de feed wordt gelezen.',
  'trail.kept': 'Het gaat door: er gaat geen regel over.',
  'trail.dropped': 'Het filter laat het weg.',
  'trail.held': 'Het filter vraagt het eerst aan jou.',
  'trail.approved': 'Het bericht mag gedeeld worden.',
  'trail.waits': 'Het bericht wacht op jouw ja, onder Berichten.',
  'trail.rejected': 'Het bericht is ingetrokken voordat iemand het zag.',
  'trail.draft': 'Het bericht is nog een concept.',
  'trail.offered': 'Collega’s zien het.',
  'trail.expired': 'De tijd is voorbij; collega’s zien het niet meer.',
  'trail.withdrawn': 'Het is ingetrokken; collega’s zien het niet meer.',
  'trail.shared_by_few': 'Minder dan vijf collega’s hebben het gedeeld.',
};

export const nl: typeof en = {
  title: 'Waar is mijn artikel?',
  sub: 'Alles wat feeds de laatste 30 dagen brachten, en hoe ver elk artikel kwam.',
  search: 'Adres van het artikel, of woorden uit de titel',
  startTitle: 'Plak een adres, of typ een paar woorden',
  startText: 'Je ziet stap voor stap wat er met het artikel gebeurde, en waarom het niet verder kwam.',
  noneTitle: 'Geen feed bracht dit in de laatste 30 dagen',
  noneText: 'Controleer het adres, of probeer minder woorden.',
  noneAdd: 'Feed toevoegen',
  near: 'Deze feeds komen van dezelfde site:',
  errorText: 'Het zoeken is niet gelukt.',
  found: (n, more) => (more ? `De nieuwste ${n} artikelen` : n === 1 ? 'Eén artikel' : `${n} artikelen`),
  way: 'Verloop',
  wayOf: title => `Verloop van: ${title}`,
  old: 'Het is langer dan 30 dagen geleden gevonden. Het verloop is niet meer bewaard.',
  noTitle: 'Zonder titel',
  stages: {
    fetched: 'Ophalen',
    mapped: 'Lezen',
    filtered: 'Filter',
    approved: 'Goedkeuren',
    offered: 'Aanbieden',
    shared: 'Delen',
  },
  ahead: 'nog niet',
  skipped: 'niet gevraagd',
  codes: {
    'trail.fetched': 'Gevonden',
    'trail.known_before': 'Was er al',
    'trail.mapped': 'Gelezen',
    'trail.no_link': 'Geen link',
    'trail.kept': 'Gaat door',
    'trail.dropped': 'Weggelaten',
    'trail.held': 'Eerst vragen',
    'trail.approved': 'Goedgekeurd',
    'trail.waits': 'Wacht op jouw ja',
    'trail.rejected': 'Afgewezen',
    'trail.draft': 'Concept',
    'trail.offered': 'Collega’s zien het',
    'trail.expired': 'Verlopen',
    'trail.withdrawn': 'Ingetrokken',
    'trail.shared': 'Gedeeld',
    'trail.shared_by_few': 'Door minder dan 5',
  },
  people: n => `Door ${n} collega’s`,
  says: step => {
    if (step.code === 'trail.mapped') return found(step.words);
    if (step.code === 'trail.shared') return `${step.count} collega’s hebben het gedeeld.`;
    return sentences[step.code] ?? step.words;
  },
};
