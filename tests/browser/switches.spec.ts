import { expect, test } from './fixtures';

test.use({ storageState: { cookies: [], origins: [] } });

test('the switches of the sandbox can be used by hand, at any width', async ({ page, sandbox, axe }) => {
  await page.goto(`${sandbox}/switches`);
  await expect(page.getByRole('heading', { name: 'Switches', level: 1 })).toBeVisible();
  await page.getByText('Any call').click();
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
  await axe(page);
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(width[0]).toBeLessThanOrEqual(width[1] ?? 0);
});
