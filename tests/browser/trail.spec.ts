import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test.use({ role: 'marketer' });

/** Few hits are open at once, many are not. */
async function open(item: Locator) {
  const way = item.getByRole('button', { name: /^Verloop van: / });
  if ((await way.getAttribute('aria-expanded')) === 'false') await way.click();
}

test.describe('a feed with a filter', () => {
  test.use({ shelf: 'vacatures' });

  test('an article that a filter left out is found by its address, with the rule that did it', async ({
    page,
    request,
    sandbox,
    feed,
  }) => {
    test.setTimeout(90_000);
    await test.step('a rule leaves out everything that is new', async () => {
      await page.goto(`${feed.page}/filter`);
      await page.getByRole('button', { name: 'Regel toevoegen' }).click();
      await page.getByLabel('Kijk naar').selectOption({ label: 'Datum' });
      await page.getByLabel('Hoe', { exact: true }).selectOption({ label: 'is nieuwer dan' });
      await page.getByLabel('Dagen', { exact: true }).fill('3000');
      await page.getByLabel('Naam', { exact: false }).fill('Even niets');
      await page.getByRole('button', { name: 'Filter bewaren' }).click();
      await expect(page.getByRole('region', { name: 'Filter' })).toContainText('Even niets');
    });

    const says = 'Valt weg door regel 1 “Even niets”: het is nieuwer dan 3000 dagen.';
    const hit = page.locator('[data-item]').filter({ hasText: feed.title });
    let address = '';
    await test.step('the site brings out a story, and the feed page tells what became of it', async () => {
      expect((await request.post(`${sandbox}/feeds/vacatures/publish`)).ok()).toBe(true);
      const asked = page.waitForResponse(/\/poll$/); // a page that is left takes its question along
      await page.getByRole('button', { name: 'Nu ophalen' }).click();
      await asked;
      const item = page.locator('[data-item]').filter({ hasText: 'Valt weg' }).first();
      await expect(async () => {
        await page.reload();
        await expect(item).toBeVisible({ timeout: 1500 });
      }).toPass({ timeout: 40_000 });
      await open(item);
      await expect(item).toContainText(says);
      await expect(item.locator('[data-stage="filtered"]')).toHaveAttribute('data-standing', 'ends');
      await expect(item.locator('[data-stage="shared"]')).toHaveAttribute('data-standing', 'ahead');
      address = (await item.getByRole('heading').getByRole('link').getAttribute('href')) ?? '';
    });

    await test.step('its address answers the question, whatever trackers hang on it', async () => {
      await page.goto('/marketing/trail');
      await expect(
        page.getByRole('heading', { name: 'Plak een adres, of typ een paar woorden' }),
      ).toBeVisible();
      await page.getByRole('searchbox').fill(`${address}?utm_source=nieuwsbrief`);
      await open(hit);
      await expect(hit).toContainText(says);
      await expect(page).toHaveURL(/q=/);
    });

    await test.step('it can be offered all the same', async () => {
      await hit.getByRole('button', { name: /^Aanbieden: / }).click();
      await expect(hit.getByText(/^(Live|Te controleren)$/)).toBeVisible();
    });

    await test.step('the rule goes', async () => {
      await page.goto(`${feed.page}/filter`);
      await page.getByRole('button', { name: 'Regel 1 verwijderen' }).click();
      await page.getByRole('button', { name: 'Filter bewaren' }).click();
      await expect(page.getByText('Geen filter: elk nieuw item gaat door.')).toBeVisible();
    });
  });
});

test('words find the way of what was offered', async ({ page }) => {
  await page.goto('/marketing/trail?q=energie');
  const item = page.locator('[data-item]').first();
  await expect(item).toBeVisible();
  await open(item);
  await expect(item.getByRole('list', { name: /^Verloop van: / }).getByRole('listitem')).toHaveCount(6);
});

test('nothing found says so, and names the feeds of the same site', async ({ page, sandbox }) => {
  await page.goto(`/marketing/trail?q=${encodeURIComponent(`${sandbox}/bestaat-niet`)}`);
  await expect(
    page.getByRole('heading', { name: 'Geen feed bracht dit in de laatste 30 dagen' }),
  ).toBeVisible();
  const near = page.getByRole('link', { name: 'Voorbeeld Energie – Nieuws' });
  await expect(near).toBeVisible();
  await page.getByRole('searchbox').fill('zzzz bestaat niet');
  await expect(near).toBeHidden();
  await expect(page.getByRole('link', { name: 'Feed toevoegen' })).toBeVisible();
});
