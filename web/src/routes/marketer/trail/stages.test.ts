import { expect, test } from 'vitest';
import { stagesOf, telling } from './stages.ts';

type Row = ['fetched' | 'mapped' | 'filtered' | 'approved' | 'offered' | 'shared', string, string?];
const way = (...rows: Row[]) => rows.map(([step, code, words = '']) => ({ step, code, words }));
const standings = (...rows: Row[]) => stagesOf(way(...rows)).map(({ standing }) => standing);

const begin: Row[] = [
  ['fetched', 'trail.fetched'],
  ['mapped', 'trail.mapped'],
];

test.each<[string, Row[], string[]]>([
  ['dropped', [...begin, ['filtered', 'trail.dropped']], ['done', 'done', 'ends', 'ahead', 'ahead', 'ahead']],
  [
    'held and waiting',
    [...begin, ['filtered', 'trail.held'], ['approved', 'trail.waits']],
    ['done', 'done', 'done', 'waits', 'ahead', 'ahead'],
  ],
  [
    'without a filter',
    [...begin, ['approved', 'trail.approved'], ['offered', 'trail.offered'], ['shared', 'trail.shared']],
    ['done', 'done', 'skipped', 'done', 'done', 'done'],
  ],
  [
    'without a link',
    [
      ['fetched', 'trail.fetched'],
      ['mapped', 'trail.no_link'],
    ],
    ['done', 'ends', 'ahead', 'ahead', 'ahead', 'ahead'],
  ],
  ['too old', [], ['ahead', 'ahead', 'ahead', 'ahead', 'ahead', 'ahead']],
])('%s', (_, rows, expected) => {
  expect(standings(...rows)).toEqual(expected);
});

test('sentences are said where something happened', () => {
  const rows = way(
    ['fetched', 'trail.fetched'],
    ['mapped', 'trail.mapped', 'Found: title, link. Not found: picture.'],
    ['filtered', 'trail.kept'],
    ['approved', 'trail.approved'],
    ['offered', 'trail.offered'],
  );
  expect(telling(rows).map(({ step }) => step)).toEqual(['mapped', 'filtered', 'offered']);
  const known: Row[] = [
    ['fetched', 'trail.known_before'],
    ['mapped', 'trail.mapped'],
  ];
  expect(telling(way(...known)).map(({ step }) => step)).toEqual(['fetched', 'mapped']);
  const offered: Row[] = [...known, ['approved', 'trail.approved'], ['offered', 'trail.offered']];
  expect(telling(way(...offered)).map(({ step }) => step)).toEqual(['offered']);
  expect(telling(way(...begin)).map(({ step }) => step)).toEqual(['mapped']);
});
