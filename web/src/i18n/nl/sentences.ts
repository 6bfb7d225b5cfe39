// The server says timetables and readings in English, out of a small fixed stock of phrases. These put them in Dutch.
const days = {
  Sunday: 'zondag',
  Monday: 'maandag',
  Tuesday: 'dinsdag',
  Wednesday: 'woensdag',
  Thursday: 'donderdag',
  Friday: 'vrijdag',
  Saturday: 'zaterdag',
};
const months = {
  January: 'januari',
  February: 'februari',
  March: 'maart',
  April: 'april',
  May: 'mei',
  June: 'juni',
  July: 'juli',
  August: 'augustus',
  September: 'september',
  October: 'oktober',
  November: 'november',
  December: 'december',
};

const phrases: [RegExp, string][] = [
  [/every (\d+) minutes/, 'elke $1 minuten'],
  [/every hour at (\d+) past/, 'elk uur op minuut $1'],
  [/at ([\d, and]+) past every hour/, 'elk uur op minuut $1'],
  [/every hour/, 'elk uur'],
  [/from (\d\d:\d\d) to (\d\d:\d\d)/, 'van $1 tot $2'],
  [/in the hours/, 'in de uren'],
  [/every day/, 'elke dag'],
  [/on weekdays/, 'op werkdagen'],
  [/in the weekend/, 'in het weekend'],
  [/on day ([\d, and]+) of the month/, 'op dag $1 van de maand'],
  [/on days ([\d, and]+) of the month/, 'op de dagen $1 van de maand'],
  [/^at /, 'om '],
];

/** "at 09:00 on Monday and Thursday" becomes "om 09:00 op maandag en donderdag". */
export function timetable(words: string): string {
  let text = words;
  for (const [english, dutch] of phrases) text = text.replace(english, dutch);
  for (const [english, dutch] of Object.entries(days)) text = text.replaceAll(english, dutch);
  for (const [english, dutch] of Object.entries(months)) text = text.replaceAll(english, dutch);
  return text.replaceAll(/\bon (?=[a-z]+dag)/g, 'op ').replaceAll(' and ', ' en ');
}

const readings: [RegExp, string][] = [
  [/^The root element is (<.+>)\.$/, 'Het wortelelement is $1.'],
  [/^Its entries have YouTube video numbers\.$/, 'De items hebben videonummers van YouTube.'],
  [/^Its namespace is that of Atom\.$/, 'De naamruimte is die van Atom.'],
  [/^Its namespace is that of sitemaps\.$/, 'De naamruimte is die van sitemaps.'],
  [/^RDF documents with items are RSS 1\.0\.$/, 'RDF-documenten met items zijn RSS 1.0.'],
  [/^RSS 2\.0 and its ancestors start so\.$/, 'Zo beginnen RSS 2.0 en zijn voorgangers.'],
];

/** Why a document is read the way it is. */
export function reading(reason: string): string {
  for (const [english, dutch] of readings) if (english.test(reason)) return reason.replace(english, dutch);
  return reason;
}

const parts: Record<string, string> = { title: 'titel', link: 'link', picture: 'plaatje' };

/** "Found: title, link. Not found: picture." becomes "Gevonden: titel, link. Niet gevonden: plaatje." */
export function found(words: string): string {
  return words
    .replace('Not found:', 'Niet gevonden:')
    .replace('Found:', 'Gevonden:')
    .replaceAll(/\b(title|link|picture)\b/g, part => parts[part] ?? part);
}

const gone: [RegExp, string][] = [
  [
    /^Since this poll there are no items; before, there were (\d+)\./,
    'Sinds deze keer zijn er geen items meer; eerst waren er $1.',
  ],
  [
    /^Since this poll no item has (.+); before, all (\d+) had( one)?\./,
    'Sinds deze keer heeft geen enkel item $1; eerst hadden alle $2 dat.',
  ],
  [/Nothing was posted\./, 'Er is niets aangeboden.'],
  [/Mend the mapping, or say that it is meant so\./, 'Herstel de indeling, of zeg dat het zo hoort.'],
];
const fields: [RegExp, string][] = [
  [/\ba guid\b/, 'een kenmerk'],
  [/\ba title\b/, 'een titel'],
  [/\ba link\b/, 'een link'],
  [/\ba text\b/, 'een tekst'],
  [/\ba picture\b/, 'een plaatje'],
  [/\ba date\b/, 'een datum'],
  [/\ban author\b/, 'een auteur'],
  [/\ba category\b/, 'een categorie'],
  [/ or /g, ' of '],
];

/** What a feed lost since its last poll. */
export function shape(message: string): string {
  let text = message;
  for (const [english, dutch] of [...gone, ...fields]) text = text.replace(english, dutch);
  return text;
}
