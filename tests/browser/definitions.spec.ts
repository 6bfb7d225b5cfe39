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

test('a feed is given another reading, which is changed and put back, each time with its effects in sight', async ({
  page,
  baseURL,
  feed,
}, info) => {
  test.setTimeout(60_000);
  const headers = { 'x-klaroen': '1', origin: baseURL ?? '' };
  // A comma and a percent sign: an address has to bring them back.
  const name = `Nieuws, 100 % ${info.project.name} ${Date.now()}`;
  const address = `/api/definitions/${encodeURIComponent(name)}`;
  const { definition } = await (await page.request.get('/api/definitions/rss')).json();
  const copy = { ...definition, name };
  const made = await page.request.post('/api/definitions', { headers, data: { definition: copy } });
  expect(made.ok(), await made.text()).toBe(true);

  await test.step('the feed page tells what it would change, and saves it', async () => {
    await page.goto(feed.page);
    const choice = page.getByLabel('Indeling', { exact: true });
    await choice.selectOption({ label: 'sitemap-news' });
    await expect(page.locator('[data-trial]')).toContainText(/items worden er 0|lukt|niet/);
    await choice.selectOption({ label: name });
    await expect(page.locator('[data-trial]')).toBeVisible();
    await page.getByRole('button', { name: 'Bewaren', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Bewaard' })).toBeVisible();
    await expect(page.locator('[data-trial]')).toHaveCount(0);
  });

  await test.step('it is changed on the items of the feed', async () => {
    await page.goto(`/marketing/definitions/${encodeURIComponent(name)}`);
    await page.getByRole('button', { name: 'Wijzigen' }).click();
    await expect(page.getByText(`met de items van ${feed.title}`)).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('heading', { name: 'Versies' })).toBeVisible();
    const [first, ...rest] = copy.fields.title;
    const title = [{ ...first, transforms: [...(first.transforms ?? []), { prefix: 'Nieuws: ' }] }, ...rest];
    const changed = { ...copy, fields: { ...copy.fields, title } };
    const body = { definition: changed, version: 1, accept: false };
    const put = await page.request.put(address, { headers, data: body });
    expect(put.ok(), await put.text()).toBe(true);
    await page.reload();
    await expect(page.getByText('Zet ervoor “Nieuws: ”')).toBeVisible();
  });

  await test.step('version 1 is looked at and put back', async () => {
    await page.getByRole('button', { name: 'Bekijk versie 1' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(/^Zou \d+ van \d+ items veranderen$/)).toBeVisible();
    await expect(dialog.getByText('Zet ervoor')).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Terugzetten' }).click();
    await expect(page.getByText('versie 3').first()).toBeVisible();
    await expect(page.getByText('Zet ervoor')).toHaveCount(0);
  });

  await test.step('what is in use is not deleted', async () => {
    await expect(page.getByRole('button', { name: 'Verwijderen' })).toHaveCount(0);
    const refused = await page.request.delete(address, { headers, data: {} });
    expect(refused.status()).toBe(409);
    const back = await page.request.patch(`/api/feeds/${feed.page.split('/').pop()}`, {
      headers,
      data: { definition: 'rss' },
    });
    expect(back.ok(), await back.text()).toBe(true);
    await page.reload();
    await page.getByRole('button', { name: 'Verwijderen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Verwijderen' }).click();
    await expect(page.getByRole('heading', { name: 'Indelingen' })).toBeVisible();
  });
});
