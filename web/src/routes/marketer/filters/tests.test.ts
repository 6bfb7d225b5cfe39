import { expect, test } from 'vitest';
import type { Single } from './shapes.ts';
import { kindsOf, type Subject, subjectOf, unfinished, withKind, withSubject, withValue } from './tests.ts';

const word: Single = { test: 'contains-word', field: 'title', value: 'vacature' };

test.each<[Single, Subject, Single]>([
  [word, 'text', { test: 'contains-word', field: 'text', value: 'vacature' }],
  [word, 'categories', { test: 'contains-word', field: 'categories', value: 'vacature' }],
  [word, 'xpath', { test: 'contains-word', xpath: '', value: 'vacature' }],
  [word, 'image', { test: 'contains-word', field: 'image', value: 'vacature' }],
  [{ test: 'equals', field: 'author', value: 'x' }, 'categories', { test: 'category-is', value: 'x' }],
  [word, 'published', { test: 'older-than', days: 30 }],
  [word, 'language', { test: 'language-is', language: 'nl' }],
  [word, 'short', { test: 'is-short' }],
  [{ test: 'is-short' }, 'title', { test: 'contains-word', field: 'title', value: '' }],
  [
    { test: 'matches', xpath: 'g:price', pattern: '^9' },
    'xpath',
    { test: 'matches', xpath: 'g:price', pattern: '^9' },
  ],
])('%o about %s', (before, subject, after) => {
  expect(withSubject(before, subject)).toEqual(after);
  expect(subjectOf(after)).toBe(subject);
});

test('another way of asking keeps what was typed and where', () => {
  expect(withKind(word, 'matches')).toEqual({ test: 'matches', field: 'title', pattern: 'vacature' });
  expect(withKind({ test: 'matches', field: 'text', pattern: 'a|b' }, 'equals')).toEqual({
    test: 'equals',
    field: 'text',
    value: 'a|b',
  });
  expect(withKind({ test: 'older-than', days: 7 }, 'newer-than')).toEqual({ test: 'newer-than', days: 7 });
});

test('a kind that does not go with the subject is kept in the list', () => {
  expect(kindsOf({ test: 'equals', field: 'published', value: '2026-01-01T00:00:00Z' })).toContain('equals');
  expect(kindsOf({ test: 'is-short' })).toEqual(['is-short']);
});

test.each<[Single, boolean]>([
  [withValue(word, ' '), true],
  [word, false],
  [{ test: 'matches', field: 'title', pattern: '' }, true],
  [{ test: 'equals', xpath: ' ', value: 'x' }, true],
  [{ test: 'older-than', days: Number.NaN }, true],
  [{ test: 'older-than', days: 0 }, false],
  [{ test: 'has-picture' }, false],
])('%o is unfinished: %s', (one, expected) => {
  expect(unfinished(one)).toBe(expected);
  expect(unfinished({ test: 'group', of: 'any', tests: [one] })).toBe(expected);
});
