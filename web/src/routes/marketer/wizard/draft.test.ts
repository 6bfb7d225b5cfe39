import { beforeEach, expect, test } from 'vitest';
import { draftOf, dropDraft, loadDraft, saveDraft } from './draft.ts';
import { stepFrom, stepOf, wrongStep } from './steps.ts';

const found = {
  id: '7',
  address: 'https://example.com/jobs.xml',
  title: 'Jobs',
  root: 'jobs',
  reasons: [],
  repairs: [],
  others: [],
  bytes: 10,
  fetched_at: '2026-09-01T00:00:00Z',
  names: [],
  namespaces: [],
  item_paths: [{ xpath: '/jobs/job', count: 9, why: '' }],
};

beforeEach(() => sessionStorage.clear());

test('an unknown document starts with the items that look likely', () => {
  expect(draftOf(found).definition).toEqual({ name: 'Jobs', item_path: '/jobs/job', fields: {} });
  expect(draftOf({ ...found, item_paths: [] }).definition.item_path).toBe('');
});

test('a draft comes back as it was, until it is dropped', () => {
  expect(loadDraft('7')).toBeNull();
  const draft = { ...draftOf(found), offer: ['a'] };
  saveDraft(draft);
  expect(loadDraft('7')).toEqual(draft);
  dropDraft('7');
  expect(loadDraft('7')).toBeNull();
  expect(loadDraft('')).toBeNull();
});

test('steps go on and back, and an unknown name is the first', () => {
  expect(stepOf('nonsense')).toBe('source');
  expect(stepFrom('source', 1)).toBe('map');
  expect(stepFrom('source', -1)).toBeUndefined();
  expect(stepFrom('publish', 1)).toBeUndefined();
});

test('the mapping is wrong before the filter is', () => {
  const at = (pointer: string) => ({ pointer, detail: '', code: '', column: null });
  expect(wrongStep([])).toBeUndefined();
  expect(wrongStep([at('/filter/rules/0')])).toBe('filter');
  expect(wrongStep([at('/filter/rules/0'), at('/definition/item_path')])).toBe('map');
});
