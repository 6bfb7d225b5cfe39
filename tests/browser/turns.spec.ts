import { as, connectLinkedIn, expect, home, offer, ownNumber, signIn, test } from './fixtures.ts';

test.use({ role: null });
test.setTimeout(150_000);

test('two posts that are shared at once go out a minute apart, and the screen says so', async ({
  page,
  browser,
  baseURL,
  axe,
}, info) => {
  const number = ownNumber('turns', info.project.name);
  const marketer = await as(browser, 'marketer', baseURL);
  const titles = ['Eerst', 'Daarna'].map(word => `${word} ${info.project.name} ${Date.now()}`);
  for (const title of titles) await offer(marketer, baseURL, title);
  await signIn(page, number);
  await connectLinkedIn(page, number);
  for (const title of titles) {
    await page.goto(home(title));
    await page.getByRole('button', { name: `Delen: ${title}`, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Nu plaatsen' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  }

  await page.goto('/shares');
  const row = (title = '') => page.locator('[data-share]').filter({ hasText: title });
  const [first, second] = [row(titles[0]), row(titles[1])];
  await expect(first.getByText('Geplaatst', { exact: true })).toBeVisible({ timeout: 45_000 });
  await expect(second.getByText('Tussen twee berichten van jou op één netwerk zit een minuut.')).toBeVisible({
    timeout: 15_000,
  });
  await expect(second.getByText('Niet voor')).toBeVisible();
  await expect(second.getByRole('button', { name: 'Niet plaatsen' })).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(width, 'nothing is wider than the screen').toBeLessThanOrEqual(0);
  await axe(page);
  await page.screenshot({ path: info.outputPath('waits.png') });
  await expect(second.getByText('Geplaatst', { exact: true })).toBeVisible({ timeout: 75_000 });
});
