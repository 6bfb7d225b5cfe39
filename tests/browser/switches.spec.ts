import { expect, test } from './fixtures.ts';

test.use({ storageState: { cookies: [], origins: [] } });

test('the switches of the sandbox can be used by hand, at any width', async ({ page, sandbox, axe }) => {
  await page.goto(`${sandbox}/switches`);
  await expect(page.getByRole('heading', { name: 'Switches', level: 1 })).toBeVisible();
  await page.locator('summary', { hasText: 'Any call' }).click();
  const form = page.locator('form', { has: page.locator('[name=ms]') });
  // A member and a call that no other test has.
  await form.locator('[name=endpoint]').selectOption({ label: 'ask how far a video is' });
  await form.locator('[name=member]').selectOption({ label: 'Member 060' });
  await form.locator('[name=when]').selectOption({ label: '… % of calls, by chance' });
  await form.locator('[name=number]').fill('30');
  await form.locator('[name=fault]').selectOption({ label: 'Done, only half of the answer comes' });
  await form.getByRole('button', { name: 'Switch on' }).click();
  const words =
    'LinkedIn: ask how far a video is · 30 % of calls, member 60: Done, only half of the answer comes';
  await expect(page.getByText(words).first()).toBeVisible();
  for (const fold of await page.locator('details > summary').all()) await fold.click();
  await expect(page.getByRole('button', { name: 'Close the port' })).toBeVisible();
  // Below the bar that stays, no field is half covered.
  await page.evaluate(() => window.scrollTo(0, 0));
  await axe(page);
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(width[0]).toBeLessThanOrEqual(width[1] ?? 0);
});

test('a person switches a fault of any neighbour on, for its next call only', async ({
  page,
  sandbox,
  axe,
}, info) => {
  // A call that no other test makes.
  const [label, path, otherwise] =
    info.project.name === 'phone'
      ? (['userinfo and groups', 'userinfo', 401] as const)
      : (['description and keys', 'keys', 200] as const);
  const call = () => page.request.get(`${sandbox}/idp/google/${path}`);
  await page.goto(`${sandbox}/switches`);
  await page.locator('summary', { hasText: 'Any call' }).click();
  const form = page.locator('form').filter({ has: page.locator('[name=endpoint]') });
  await form.locator('[name=endpoint]').selectOption({ label });
  await form.locator('[name=fault]').selectOption({ label: '503, come back in 120 s' });
  await form.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByText(`Identity provider: ${label} · the next call`)).toBeVisible();
  await axe(page);
  const width = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await width()).toBe(0);
  const refused = await call();
  expect([refused.status(), refused.headers()['retry-after']]).toEqual([503, '120']);
  expect((await call()).status()).toBe(otherwise);

  await page.goto(`${sandbox}/hub`);
  await expect(page.getByRole('heading', { name: 'Subscriptions' })).toBeVisible();
  await axe(page);
  expect(await width()).toBe(0);
});
