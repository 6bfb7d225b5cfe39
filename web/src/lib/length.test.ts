import { expect, test } from 'vitest';
import { leftAt, leftOfCaption, lengthAt, linkOf, withLink } from './length.ts';

const family = '👩‍👩‍👧‍👦';
const linkedin = { longest: 3000, bytes: null, link_length: null, reserved: 0 };
const mastodon = { longest: 500, bytes: null, link_length: 23, reserved: 25 };
const bluesky = { longest: 300, bytes: 3000, link_length: null, reserved: 0 };

test('each network counts in its own way', () => {
  expect(lengthAt('linkedin', '(a)', linkedin)).toBe(5);
  expect(lengthAt('mastodon', `(a) ${family}`, mastodon)).toBe(5 + 25);
  expect(lengthAt('mastodon', `Look: https://example.com/${'a'.repeat(300)}, yes`, mastodon)).toBe(
    6 + 23 + 5 + 25,
  );
  expect(lengthAt('bluesky', `é${family}`, bluesky)).toBe(2);
});

test('the link of a picture counts', () => {
  const counted = linkOf({ counting_link: true, link: 'https://example.com/' }, 'https://klaroen.example');
  expect(counted).toHaveLength('https://klaroen.example/s/12345678'.length);
  expect(lengthAt('linkedin', 'a', withLink(linkedin, counted))).toBe(1 + 2 + counted.length);
  expect(linkOf({ counting_link: false, link: 'https://example.com/a_b' }, '')).toBe(
    'https://example.com/a_b',
  );
  expect(lengthAt('linkedin', '', withLink(linkedin, 'https://example.com/a_b'))).toBe(2 + 23 + 1);
  expect(linkOf({ counting_link: false, link: 'https://youtu.be/a_bcdefgh_k' }, '')).toBe(
    'https://www.youtube.com/watch?v=a_bcdefgh_k',
  );
});

test('what is left runs out by characters or by bytes', () => {
  expect(leftAt('mastodon', 'a'.repeat(476), mastodon)).toBe(-1);
  expect(leftAt('bluesky', 'a'.repeat(301), bluesky)).toBe(-1);
  expect(leftAt('bluesky', family.repeat(121), bluesky)).toBeLessThan(0);
});

test('a suggested text leaves room for the longest line and for the page that it mentions', () => {
  const rules = {
    disclosure: { nl: 'Ik werk bij Acme.', en: 'I work at Acme.' },
    page: { name: 'Acme', urn: 'urn:li:organization:1' },
    utm_template: '',
    link_hosts: [],
  };
  expect(leftOfCaption(' Kom \n')).toBe(3000 - 3);
  expect(leftOfCaption('Kom', rules)).toBe(3000 - 'Kom\n\nIk werk bij Acme.'.length);
  expect(leftOfCaption('Kom\n\nIk werk bij Acme.', rules)).toBe(
    3000 - 'Kom\n\nIk werk bij Acme.\n\nI work at Acme.'.length,
  );
  expect(leftOfCaption('@Acme', { ...rules, disclosure: null })).toBe(
    3000 - '@[Acme](urn:li:organization:1)'.length,
  );
});
