import { expect, test } from 'vitest';
import { clashes, fieldsOf, merged, rulesOf } from './organisationFields.ts';

const none = { disclosure: null, utm_template: '', page: null, link_hosts: [] };
const all = {
  disclosure: { nl: 'Ik werk bij Acme.', en: 'I work at Acme.' },
  utm_template: 'utm_source={network}',
  page: { name: 'Acme', urn: 'urn:li:organization:2414183' },
  link_hosts: ['example.com', '*.acme.nl'],
};

test('line, page, template and list can each be emptied', () => {
  const fields = fieldsOf(all);
  expect(rulesOf({ ...fields, nl: '', en: ' ' }).disclosure).toBeNull();
  expect(rulesOf({ ...fields, name: ' ', urn: '' }).page).toBeNull();
  expect(rulesOf({ ...fields, template: '' }).utm_template).toBe('');
  expect(rulesOf({ ...fields, hosts: ' \n\n' }).link_hosts).toEqual([]);
  expect(rulesOf(fieldsOf(none))).toEqual(none);
});

test('what is half filled is sent, so that the server says what is missing', () => {
  const fields = fieldsOf(none);
  expect(rulesOf({ ...fields, nl: 'Ik werk bij Acme.' }).disclosure).toEqual({
    nl: 'Ik werk bij Acme.',
    en: '',
  });
  expect(rulesOf({ ...fields, urn: '2414183' }).page).toEqual({ name: '', urn: '2414183' });
});

test('what was saved shows as the form has it', () => {
  const fields = fieldsOf(all);
  expect(fields).toMatchObject({ urn: '2414183', hosts: 'example.com\n*.acme.nl' });
  expect(rulesOf(fields)).toEqual({ ...all, page: { name: 'Acme', urn: '2414183' } });
});

test('what only another admin changed comes along, and what both changed is told', () => {
  const before = fieldsOf(all);
  const theirs = { ...before, nl: 'Ik ben van Acme.', hosts: '' };
  const mine = { ...before, hosts: 'acme.nl', name: 'Acme BV' };
  expect(merged(before, mine, theirs)).toEqual({ ...mine, nl: 'Ik ben van Acme.' });
  expect(clashes(before, mine, theirs)).toEqual(['hosts']);
  expect(clashes(before, { ...mine, hosts: '' }, theirs)).toEqual([]);
});
