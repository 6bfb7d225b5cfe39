import { expect, test } from 'vitest';
import { found, reading, shape, timetable } from './sentences.ts';

test.each([
  ['every 15 minutes', 'elke 15 minuten'],
  ['at 09:00 on Monday and Thursday', 'om 09:00 op maandag en donderdag'],
  ['at 08:30 and 13:30 on weekdays', 'om 08:30 en 13:30 op werkdagen'],
  ['every hour in the weekend', 'elk uur in het weekend'],
  ['every hour at 5 past', 'elk uur op minuut 5'],
  ['every 30 minutes from 09:00 to 17:59 on weekdays', 'elke 30 minuten van 09:00 tot 17:59 op werkdagen'],
  [
    'at 0 and 20 past every hour in the hours 1, 3, 5 and 7 every day',
    'elk uur op minuut 0 en 20 in de uren 1, 3, 5 en 7 elke dag',
  ],
  ['at 07:00 on days 1 and 15 of the month', 'om 07:00 op de dagen 1 en 15 van de maand'],
  ['at 07:00 on day 1 of the month in January', 'om 07:00 op dag 1 van de maand in januari'],
  ['at 07:00 on day 13 of the month and on Friday', 'om 07:00 op dag 13 van de maand en op vrijdag'],
])('%s', (english, dutch) => {
  expect(timetable(english)).toBe(dutch);
});

test('readings that are known are in Dutch, others stay', () => {
  expect(reading('The root element is <feed>.')).toBe('Het wortelelement is <feed>.');
  expect(reading('Something new.')).toBe('Something new.');
});

test('what was found in an item is named in Dutch', () => {
  expect(found('Found: title, link. Not found: picture.')).toBe(
    'Gevonden: titel, link. Niet gevonden: plaatje.',
  );
});

test.each([
  [
    'Since this poll no item has a picture or an author; before, all 15 had. Nothing was posted. Mend the mapping, or say that it is meant so.',
    'Sinds deze keer heeft geen enkel item een plaatje of een auteur; eerst hadden alle 15 dat. Er is niets aangeboden. Herstel de indeling, of zeg dat het zo hoort.',
  ],
  [
    'Since this poll there are no items; before, there were 12. Nothing was posted.',
    'Sinds deze keer zijn er geen items meer; eerst waren er 12. Er is niets aangeboden.',
  ],
])('%s', (english, dutch) => {
  expect(shape(english)).toBe(dutch);
});
