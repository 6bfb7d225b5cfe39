import { expect, test } from './fixtures.ts';

test.use({ role: 'employee' });

test('the first load of an employee stays within its budget', async ({ page }) => {
  const bytes = { script: 0, stylesheet: 0 };
  const before: string[] = [];
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  const kinds = new Map<string, string>();
  let posts = false;
  cdp.on('Network.responseReceived', event => {
    kinds.set(event.requestId, event.type.toLowerCase());
    const { pathname } = new URL(event.response.url);
    // Pictures, the tab's icon among them, hold nothing up.
    if (!posts && event.type !== 'Image' && !pathname.endsWith('.svg')) before.push(pathname);
    posts ||= event.response.url.endsWith('/api/posts');
  });
  cdp.on('Network.loadingFinished', event => {
    const kind = kinds.get(event.requestId);
    if (kind === 'script' || kind === 'stylesheet') bytes[kind] += event.encodedDataLength;
  });
  await page.goto('/', { waitUntil: 'networkidle' });
  await expect(page.locator('[data-post]').first()).toBeVisible();
  expect(bytes.script).toBeGreaterThan(0);
  expect(bytes.script).toBeLessThanOrEqual(100_000);
  expect(bytes.stylesheet).toBeLessThanOrEqual(20_000);
  expect(posts, 'the posts were asked for').toBe(true);
  expect(before.length, before.join(' ')).toBeLessThanOrEqual(6);
});
