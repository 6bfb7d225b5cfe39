import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { watchAddress } from './video.ts';

test('a video has the address that the server gives it', () => {
  const vectors: { link: string; watch: string | null }[] = JSON.parse(
    readFileSync('../core/tests-data/videos.json', 'utf8'),
  );
  expect(vectors.length).toBeGreaterThan(15);
  for (const { link, watch } of vectors) expect(watchAddress(link), link).toBe(watch);
});
