import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';

test.use({ role: 'marketer', expected: /409/ });

test('a shipped reading is copied, renamed, taken home and deleted', async ({ page }, info) => {
  const copy = `Kopie voor ${info.project.name}`;
  const name = `Eigen indeling ${info.project.name}`;
  await page.goto('/marketing/definitions');
  const shipped = page.locator('[data-definition="atom"]');
  await expect(shipped.getByText('leest 1 feed')).toBeVisible();

  await shipped.getByRole('button', { name: 'atom kopiëren' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Naam').fill('RSS ');
  await dialog.getByRole('button', { name: 'Kopiëren' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Zo heet er al een. Kies een andere naam.');
  await dialog.getByLabel('Naam').fill(copy);
  await dialog.getByRole('button', { name: 'Kopiëren' }).click();

  await expect(page.getByRole('heading', { name: copy })).toBeVisible();
  await expect(page.getByText('Geen feed gebruikt haar.')).toBeVisible();
  await expect(page.getByText("link[@rel='alternate']").first()).toBeVisible();

  await page.getByRole('button', { name: 'Andere naam' }).click();
  await dialog.getByLabel('Naam').fill(name);
  await dialog.getByRole('button', { name: 'Andere naam' }).click();
  await expect(page.getByRole('heading', { name })).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Bewaren als JSON' }).click();
  const json = JSON.parse(await readFile(await (await download).path(), 'utf8'));
  expect(json).toMatchObject({ name, item_path: expect.any(String) });

  await page.getByRole('button', { name: 'Verwijderen' }).click();
  await dialog.getByRole('button', { name: 'Verwijderen' }).click();
  await expect(page.getByRole('heading', { name: 'Indelingen' })).toBeVisible();
  await expect(page.locator(`[data-definition="${name}"]`)).toHaveCount(0);
});

test('a shipped reading only shows itself and the feeds that it reads', async ({ page }) => {
  await page.goto('/marketing/definitions');
  await page.getByRole('link', { name: 'atom', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Voorbeeld Energie Insights' })).toBeVisible();
  await expect(page.getByText('Ingebouwd')).toBeVisible();
  await expect(page.getByRole('button', { name: /Andere naam|Verwijderen/ })).toHaveCount(0);
});
