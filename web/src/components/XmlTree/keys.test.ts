import { expect, test } from 'vitest';
import type { OutlineNode } from '../../api/contract.ts';
import { move } from './keys.ts';
import type { Row } from './rows.ts';

const row = (key: string, parent: string | null, open: boolean | null, attributes: string[] = []): Row => ({
  kind: 'node',
  key,
  parent,
  open,
  run: null,
  level: 1,
  position: 1,
  size: 1,
  node: {
    name: key.slice(key.lastIndexOf('/') + 1),
    attributes: attributes.map(name => ({ name, namespace: '', value: '' })),
  } as OutlineNode,
});

const rows = [
  row('/rss', null, true, ['version']),
  row('/rss/title', '/rss', null),
  row('/rss/media:thumbnail', '/rss', null, ['url', 'width']),
  row('/rss/item', '/rss', false),
];
const at = (key: string, attribute: string | null = null) => ({ row: key, attribute });

test.each([
  ['down goes by row', at('/rss', 'version'), 'ArrowDown', { focus: at('/rss/title') }],
  ['up at the top stays', at('/rss'), 'ArrowUp', null],
  ['end', at('/rss'), 'End', { focus: at('/rss/item') }],
  ['right opens', at('/rss/item'), 'ArrowRight', { open: '/rss/item', value: true }],
  ['right goes to attributes', at('/rss'), 'ArrowRight', { focus: at('/rss', 'version') }],
  [
    'right from the last attribute goes inside',
    at('/rss', 'version'),
    'ArrowRight',
    { focus: at('/rss/title') },
  ],
  [
    'right walks attributes',
    at('/rss/media:thumbnail', 'url'),
    'ArrowRight',
    { focus: at('/rss/media:thumbnail', 'width') },
  ],
  ['right at the last attribute of a leaf stays', at('/rss/media:thumbnail', 'width'), 'ArrowRight', null],
  ['left walks back', at('/rss/media:thumbnail', 'url'), 'ArrowLeft', { focus: at('/rss/media:thumbnail') }],
  ['left closes', at('/rss'), 'ArrowLeft', { open: '/rss', value: false }],
  ['left goes to the parent', at('/rss/title'), 'ArrowLeft', { focus: at('/rss') }],
  ['a letter finds a name without its prefix', at('/rss'), 't', { focus: at('/rss/title') }],
  ['the same letter goes on', at('/rss/title'), 't', { focus: at('/rss/media:thumbnail') }],
  ['a lost place begins at the top', at('/gone'), 'ArrowDown', { focus: at('/rss') }],
])('%s', (_, spot, key, expected) => {
  expect(move(rows, spot, key)).toEqual(expected);
});
