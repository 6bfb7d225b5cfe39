import { expect, test } from './fixtures.ts';

test('a person switches a fault of any neighbour on, for its next call only', async ({
  page,
  sandbox,
  axe,
}, info) => {
  // A call that no other test makes.
  const [label, endpoint, path, otherwise] =
    info.project.name === 'phone'
      ? (['Identity provider: userinfo and groups', 'IdentityUserInfo', 'userinfo', 401] as const)
      : (['Identity provider: description and keys', 'IdentityKeys', 'keys', 200] as const);
  const call = () => page.request.get(`${sandbox}/idp/google/${path}`);
  await page.goto(`${sandbox}/switches`);
  const form = page.locator('form').filter({ has: page.locator('[name=endpoint]') });
  await form.locator('[name=endpoint]').selectOption({ label });
  await form.locator('[name=fault]').selectOption({ label: '503, come back in 120 s' });
  await form.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByText(endpoint)).toBeVisible();
  await axe(page);
  await page.screenshot({ path: info.outputPath('switches.png'), fullPage: true });
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
