import { expect, test } from 'vitest';
import { en } from '../../../i18n/en/filters.ts';
import { nl } from '../../../i18n/nl/filters.ts';
import { actionWords, because, condition } from './say.ts';
import type { Because, Rule, Test } from './shapes.ts';

const topics = new Map([['t1', 'Vacatures']]);
const job: Test = { test: 'category-is', value: 'Werken bij' };
const word: Test = { test: 'contains-word', field: 'title', value: 'vacature' };
const picture: Test = { test: 'has-picture' };

test.each<[Rule['when'], string, string]>([
  [{ of: 'all', tests: [] }, 'Elk item', 'Every item'],
  [{ of: 'any', tests: [] }, 'Geen enkel item', 'No item'],
  [
    { of: 'all', tests: [word] },
    'Als dit klopt: de titel heeft het woord “vacature”',
    'If the title has the word “vacature”',
  ],
  [{ of: 'none', tests: [picture] }, 'Als dit klopt: het heeft geen plaatje', 'If it has no picture'],
  [
    { of: 'any', tests: [word, job] },
    'Als een van deze klopt: de titel heeft het woord “vacature” of een categorie is “Werken bij”',
    'If one of these holds: the title has the word “vacature” or one category is “Werken bij”',
  ],
  [
    { of: 'any', tests: [{ test: 'is-short' }, { test: 'group', of: 'none', tests: [picture] }] },
    'Als een van deze klopt: het is een YouTube Short of het heeft geen plaatje',
    'If one of these holds: it is a YouTube Short or it has no picture',
  ],
  [
    {
      of: 'all',
      tests: [
        { test: 'group', of: 'any', tests: [word, job] },
        { test: 'older-than', days: 1 },
      ],
    },
    'Als alles klopt: (de titel heeft het woord “vacature” of een categorie is “Werken bij”) en het is ouder dan 1 dag',
    'If all of these hold: (the title has the word “vacature” or one category is “Werken bij”) and it is older than 1 day',
  ],
  [
    { of: 'all', tests: [{ test: 'starts-with', xpath: 'g:price', value: '9' }] },
    'Als dit klopt: wat g:price vindt begint met “9”',
    'If what g:price finds begins with “9”',
  ],
])('%o', (when, dutch, english) => {
  expect(condition(when, nl)).toBe(dutch);
  expect(condition(when, en)).toBe(english);
});

test('actions name the topic, the teams and the language', () => {
  const words = { text: nl, topics };
  expect(actionWords('drop', words)).toBe('laat het weg');
  expect(actionWords({ 'set-topic': 't1' }, words)).toBe('onderwerp Vacatures');
  expect(actionWords({ 'set-topic': 'gone' }, words)).toBe('onderwerp dat weg is');
  expect(actionWords({ 'set-audience': ['HR', 'Sales'] }, words)).toBe('alleen voor HR en Sales');
  expect(actionWords({ 'set-language': 'en' }, words)).toBe('taal Engels');
});

const reason = (part: Partial<Because>): Because => ({
  code: 'rule',
  rule: 1,
  name: null,
  action: 'drop',
  facts: [{ test: 'is-short', field: 'link', value: null, not: false }],
  words: '',
  ...part,
});

test.each<[Partial<Because>, string, string]>([
  [{}, 'Valt weg door regel 2: het is een YouTube Short.', 'Left out by rule 2: it is a YouTube Short.'],
  [
    { name: 'Geen Shorts' },
    'Valt weg door regel 2 “Geen Shorts”: het is een YouTube Short.',
    'Left out by rule 2 “Geen Shorts”: it is a YouTube Short.',
  ],
  [
    { action: { 'set-topic': 't1' }, facts: [{ test: 'language-is', field: null, value: 'nl', not: true }] },
    'Krijgt onderwerp Vacatures door regel 2: het is niet in het Nederlands.',
    'Gets topic Vacatures by rule 2: it is not in Dutch.',
  ],
  [
    {
      code: 'stop-word',
      rule: null,
      action: 'hold',
      facts: [{ test: 'stop-word', field: 'text', value: 'ontslag', not: false }],
    },
    'Wacht op goedkeuring: de tekst heeft het stopwoord “ontslag”.',
    'Waits: the text has the stop word “ontslag”.',
  ],
  [
    {
      code: 'same-title',
      rule: null,
      facts: [{ test: 'same-title', field: 'title', value: 'x', not: false }],
    },
    'Valt weg: een eerder item heeft dezelfde titel.',
    'Left out: an earlier item has the same title.',
  ],
  [
    { action: 'keep', facts: [] },
    'Gaat door dankzij regel 2: hij gaat over elk item.',
    'Let through by rule 2: it is about every item.',
  ],
])('%o', (part, dutch, english) => {
  expect(because(reason(part), { text: nl, topics })).toBe(dutch);
  expect(because(reason(part), { text: en, topics })).toBe(english);
});
