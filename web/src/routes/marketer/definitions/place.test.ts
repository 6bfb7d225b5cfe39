import { expect, test } from 'vitest';
import { nameIn, placeOf } from './place.ts';

test.each(['rss', 'Nieuws, 100 % eigen?', 'a&b=c;d+e#f', 'Één “naam”'])(
  '%s comes back out of its address',
  name => {
    expect(nameIn(placeOf(name))).toBe(name);
  },
);

test('an address that cannot be read names nothing', () => {
  expect(nameIn('/marketing/definitions/%E0%A4%A')).toBe('');
});
