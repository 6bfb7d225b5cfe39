import { expect, test } from 'vitest';
import { fault, repair, why } from './reasons.ts';

test.each([
  [why, 'All 2 items have it: found by names alone.', 'Alle 2 items hebben het: alleen op naam gevonden.'],
  [
    why,
    "6 of 7 items have it: told apart by @soort='extern'.",
    "6 van 7 items hebben het: onderscheiden door @soort='extern'.",
  ],
  [
    why,
    'There are 7 <functie>, with naam, adres and omschrijving inside.',
    'Er zijn er 7: <functie>, met naam, adres en omschrijving erin.',
  ],
  [why, 'It finds 7 items, at any depth.', 'Vindt 7 items, op elke diepte.'],
  [
    fault,
    'A name is missing here, such as title or @href.',
    'Hier ontbreekt een naam, zoals title of @href.',
  ],
  [fault, '"]" is missing here.', 'Hier ontbreekt “]”.'],
  [fault, 'Something New.', 'Something New.'],
  [
    repair,
    'an undefined entity stayed as text (&foo;), 3 times',
    'een onbekende entiteit bleef tekst (&foo;), 3 keer',
  ],
  [why, 'Something new.', 'Something new.'],
])('%o %s', (put, english, dutch) => {
  expect(put(english)).toBe(dutch);
});
