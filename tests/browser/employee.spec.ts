import { expect, SHARE, test } from './fixtures.ts';

test.use({ role: 'employee' });

test('the share dialog works from the keyboard alone and gives the focus back @keyboard', async ({
  page,
}) => {
  await page.goto('/');
  const share = page.getByRole('button', { name: SHARE }).last();
  const name = (await share.getAttribute('aria-label')) ?? '';
  await share.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await expect(dialog.locator(':focus')).toHaveCount(1);
  for (let i = 0; i < 14; i++) {
    await page.keyboard.press('Tab');
    await expect(page.locator('nav :focus, main li :focus')).toHaveCount(0);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name, exact: true })).toBeFocused();
});

test('the text is edited where it will be read, and counted as LinkedIn counts', async ({ page }, info) => {
  await page.goto('/');
  await page
    .getByRole('button', { name: SHARE })
    .last()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Bewerken' }).click();
  await dialog.getByLabel('Jouw tekst').fill('(twee)');
  await expect(dialog.getByText('nog 2.960 tekens')).toBeVisible();
  await dialog.getByLabel('Jouw tekst').fill('x'.repeat(3001));
  await expect(dialog.getByText('33 tekens te veel')).toBeInViewport({ ratio: 1 });
  await page.screenshot({ path: info.outputPath('too-long.png') });
  await dialog.getByLabel('Jouw tekst').fill('woord '.repeat(60));
  await dialog.getByRole('button', { name: 'Klaar' }).click();
  await dialog.getByRole('button', { name: '…meer weergeven' }).click();
  await expect(dialog.getByRole('button', { name: 'minder weergeven' })).toBeVisible();
});

test('the back button of a phone closes the dialog', async ({ page }) => {
  await page.goto('/');
  await page
    .getByRole('button', { name: SHARE })
    .last()
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Voor jou' })).toBeVisible();
});

test('search and topic narrow the posts, and are in the address', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('[data-post]').first()).toBeVisible();
  await page.getByRole('searchbox').fill('zzzz');
  await expect(page.getByRole('heading', { name: 'Niets gevonden' })).toBeVisible();
  await expect(page).toHaveURL(/q=zzzz/);
  await page.getByRole('button', { name: 'Alles tonen' }).click();
  await expect(page.locator('[data-post]').first()).toBeVisible();
  await page.getByRole('button', { name: 'Product' }).click();
  await expect(page).toHaveURL(/topic=/);
  await expect(page.locator('[data-post]').first()).toContainText('Product');
});

test('every box of the year answers why, and the table says the same', async ({ page }) => {
  await page.goto('/year');
  const boxes = page.getByRole('button', { name: /^Week \d+: / });
  await expect(boxes).toHaveCount(53);
  await page
    .getByRole('button', { name: /^Week \d+: Telt$/ })
    .first()
    .click();
  await expect(page.getByText('Je hebt in deze week gedeeld, dus hij telt.').first()).toBeVisible();
  await page.getByText('Hetzelfde als tabel').click();
  await expect(page.getByRole('row')).toHaveCount(54);
  await expect(page.getByText('Je doet mee met dit programma.')).toBeVisible();
});

test('a choice of language is saved at once', async ({ page }) => {
  await page.goto('/me');
  const saved = page.waitForResponse(r => r.request().method() === 'PATCH' && r.url().endsWith('/api/me'));
  await page.getByRole('radio', { name: 'English' }).check();
  expect((await saved).status()).toBe(200);
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible();
  await page.getByRole('radio', { name: 'Nederlands' }).check();
  await expect(page.getByRole('heading', { name: 'Profiel' })).toBeVisible();
});

test('asking LinkedIn once more needs a yes, and it can be taken back', async ({ page }) => {
  await page.goto('/me');
  // The test of the language may have just changed it for this person.
  const probe = page.getByRole('checkbox', { name: /nog één keer proberen|try once more/ });
  for (const yes of [true, false]) {
    const saved = page.waitForResponse(r => r.request().method() === 'PATCH' && r.url().endsWith('/api/me'));
    await probe.setChecked(yes);
    expect((await (await saved).json()).may_probe).toBe(yes);
    await expect(probe).toBeChecked({ checked: yes });
  }
});
