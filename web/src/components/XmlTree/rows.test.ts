import { expect, test } from 'vitest';
import type { OutlineNode } from '../../api/contract.ts';
import { type Loaded, ROOT, withPage } from './outline.ts';
import { rowsOf, type View } from './rows.ts';

const node = (id: number, name: string, children: number, place = 1, of = 1): OutlineNode => ({
  id,
  kind: 'element',
  name,
  namespace: '',
  attributes: [],
  children,
  line: id,
  place,
  of,
});

const plain: View = { opened: new Map(), unfolded: new Map(), faces: new Map() };
const view = (part: Partial<View>): View => ({ ...plain, ...part });
const item = (n: number) => node(10 + n, 'item', 2, n, 150);
const keys = (loaded: Loaded, wanted = plain) => rowsOf(loaded, wanted).rows.map(row => row.key);

// <rss><channel><title/><item/>×150</channel></rss>, of which the first page of channel is here
function channel(): Loaded {
  let loaded: Loaded = new Map();
  loaded = withPage(loaded, { parent: ROOT, after: 0 }, { nodes: [node(0, 'rss', 1)] });
  loaded = withPage(loaded, { parent: 0, after: 0 }, { nodes: [node(1, 'channel', 151)] });
  const first = [node(2, 'title', 0), ...Array.from({ length: 99 }, (_, i) => item(i + 1))];
  return withPage(loaded, { parent: 1, after: 0 }, { nodes: first, next: 100 });
}

test('it opens by itself down to the first item, and asks for what is missing', () => {
  expect(rowsOf(new Map(), plain)).toEqual({ rows: [], wanted: [{ parent: ROOT, after: 0 }] });
  const { rows, wanted } = rowsOf(channel(), plain);
  expect(rows.map(row => [row.key, row.level])).toEqual([
    ['/rss', 1],
    ['/rss/channel', 2],
    ['/rss/channel/title', 3],
    ['/rss/channel/item', 3],
    ['/rss/channel/item…', 3],
  ]);
  expect(wanted).toEqual([{ parent: 11, after: 0 }]);
});

test('one item stands for its run; the others follow when they are asked for', () => {
  const loaded = withPage(
    channel(),
    { parent: 11, after: 0 },
    {
      nodes: [node(500, 'title', 0), node(501, 'group', 1)],
    },
  );
  expect(keys(loaded).slice(3)).toEqual([
    '/rss/channel/item',
    '/rss/channel/item/title',
    '/rss/channel/item/group',
    '/rss/channel/item…',
  ]);
  const unfolded = view({ unfolded: new Map([['/rss/channel/item', 25]]) });
  expect(keys(loaded, unfolded)).toHaveLength(3 + 25 + 2 + 1);
  const many = rowsOf(loaded, view({ unfolded: new Map([['/rss/channel/item', 125]]) }));
  expect(many.wanted).toContainEqual({ parent: 1, after: 100 });
});

test('another item takes the place of the first under the same keys', () => {
  const second = rowsOf(channel(), view({ faces: new Map([['/rss/channel/item', 2]]) }));
  expect(second.rows[3]).toMatchObject({ key: '/rss/channel/item', node: { id: 12 }, open: true });
  expect(second.wanted).toEqual([{ parent: 12, after: 0 }]);
  const far = rowsOf(channel(), view({ faces: new Map([['/rss/channel/item', 120]]) }));
  expect(far.wanted).toContainEqual({ parent: 1, after: 100 });
});

test('what the reader closed stays closed, and few siblings all show', () => {
  expect(keys(channel(), view({ opened: new Map([['/rss', false]]) }))).toEqual(['/rss']);
  let few: Loaded = withPage(new Map(), { parent: ROOT, after: 0 }, { nodes: [node(0, 'jobs', 2)] });
  few = withPage(few, { parent: 0, after: 0 }, { nodes: [node(1, 'job', 0, 1, 2), node(2, 'job', 0, 2, 2)] });
  expect(keys(few)).toEqual(['/jobs', '/jobs/job[1]', '/jobs/job[2]']);
});

test('children of other names behind a page are offered; those that the run holds are not counted', () => {
  let loaded: Loaded = withPage(new Map(), { parent: ROOT, after: 0 }, { nodes: [node(0, 'r', 250)] });
  const a = Array.from({ length: 100 }, (_, i) => node(1 + i, 'a', 0, i + 1, 120));
  loaded = withPage(loaded, { parent: 0, after: 0 }, { nodes: a, next: 100 });
  expect(rowsOf(loaded, plain).rows.at(-1)).toMatchObject({
    kind: 'page',
    left: 130,
    wanted: { parent: 0, after: 100 },
  });
});

test('a page that came twice changes nothing', () => {
  const loaded = channel();
  expect(withPage(loaded, { parent: 1, after: 0 }, { nodes: [node(2, 'title', 0)] })).toBe(loaded);
});
