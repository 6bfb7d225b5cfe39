import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';

test.describe('marketer', () => {
  test.use({ role: 'marketer', expected: /422/ });

  for (const [bad, says] of [
    ['/bad/not-a-feed', /./],
    ['/bad/empty', /./],
    ['/nowhere', /./],
  ] as const) {
    test(`an address without a feed is explained: ${bad}`, async ({ page, sandbox }) => {
      await page.goto('/marketing/feeds/new');
      await page.getByLabel('Adres').fill(`${sandbox}${bad}`);
      await page.getByRole('button', { name: 'Laat zien wat erin zit' }).click();
      await expect(page.getByRole('alert')).toHaveText(says, { timeout: 20_000 });
      await expect(page.getByLabel('Adres')).toHaveAttribute('aria-invalid', 'true');
    });
  }

  test('the list of feeds shows their health', async ({ page }) => {
    await page.goto('/marketing/feeds');
    const rows = page.locator('[data-feed]');
    await expect(rows.first()).toBeVisible();
    expect(await rows.count()).toBeGreaterThanOrEqual(3);
    await expect(
      rows
        .first()
        .getByText(/\d+ items?/)
        .first(),
    ).toBeVisible();
    await expect(rows.first().getByText('Werkt')).toBeVisible();
  });

  test('a timetable is said back in words with its next times', async ({ page }) => {
    await page.goto('/marketing/feeds');
    await page.locator('[data-feed] a').first().click();
    await page.getByRole('radio', { name: 'Eigen rooster' }).check();
    await expect(page.getByText(/^Volgende keren: /)).toBeVisible();
    await page.getByLabel('Rooster', { exact: true }).fill('99 9 * * 1-5');
    await expect(page.getByRole('alert')).toBeVisible();
  });

  test('a post is written, approved for nobody under five, and withdrawn', async ({ page }, info) => {
    const title = `Geschreven voor ${info.project.name}`;
    await page.goto('/marketing/posts/new');
    await page.getByLabel('Link', { exact: true }).fill('https://example.com/geschreven');
    await page.getByLabel('Titel', { exact: true }).fill(title);
    await page.getByLabel('Onderwerp', { exact: true }).selectOption({ label: 'Nieuws' });
    await page.getByLabel('Tekst 1', { exact: true }).fill('Kijk eens.');
    await expect(page.getByText('Voor iedereen.')).toBeVisible();
    await page.getByRole('checkbox', { name: 'Sales' }).check();
    await page.getByRole('button', { name: 'Bewaren als concept' }).click();
    const row = page.locator('[data-post]').filter({ hasText: title });
    await expect(row.getByText('Concept', { exact: true })).toBeVisible();
    await expect(row.getByText('< 5').first()).toBeVisible();
    await expect(row.getByText('Alleen voor Sales.')).toBeVisible();
    await row.getByRole('button', { name: `Live zetten: ${title}` }).click();
    await row.getByRole('button', { name: `Intrekken: ${title}` }).click();
    await row.getByRole('button', { name: 'Laten staan' }).click();
    await expect(row.getByText('Live', { exact: true })).toBeVisible();
    await row.getByRole('button', { name: `Intrekken: ${title}` }).click();
    await expect(row.getByText('nog geen vijf keer gedeeld')).toBeVisible();
    await row.getByRole('button', { name: 'Intrekken', exact: true }).click();
    await expect(row.getByText('Ingetrokken', { exact: true })).toBeVisible();
  });

  test('one of two clicks counts: one post is made, and none is withdrawn', async ({ page }, info) => {
    const title = `Dubbel geklikt in ${info.project.name}`;
    const writes: string[] = [];
    page.on('request', request => {
      if (request.method() !== 'GET') writes.push(`${request.method()} ${new URL(request.url()).pathname}`);
    });
    const draft = async (link: string) => {
      await page.goto('/marketing/posts/new');
      await page.getByLabel('Link', { exact: true }).fill(link);
      await page.getByLabel('Titel', { exact: true }).fill(title);
      await page.getByLabel('Onderwerp', { exact: true }).selectOption({ label: 'Nieuws' });
      await page.getByRole('checkbox', { name: 'Sales' }).check();
    };
    await draft('https://example.com/dubbel');
    await page.getByRole('button', { name: 'Aanbieden aan collega’s' }).dblclick();
    const row = page.locator('[data-post]').filter({ hasText: title });
    await expect(row.getByText('Live', { exact: true })).toBeVisible();
    expect(writes).toEqual(['POST /api/posts']);

    // Without any pause between the two.
    await draft('https://example.com/nog-eens');
    await page.getByRole('button', { name: 'Bewaren als concept' }).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await expect(row).toHaveCount(2);
    expect(writes).toEqual(['POST /api/posts', 'POST /api/posts']);

    // What stands where "make live" stood does not withdraw, however late the second click comes.
    const place = await row.getByRole('button', { name: `Live zetten: ${title}` }).boundingBox();
    const middle = [(place?.x ?? 0) + 20, (place?.y ?? 0) + 20] as const;
    await page.mouse.click(...middle);
    await expect(row.getByText('Live', { exact: true })).toHaveCount(2);
    await page.mouse.click(...middle);
    await expect(row.getByRole('button', { name: 'Laten staan' })).toBeHidden();
    for (const one of await row.all()) {
      await one.getByRole('button', { name: `Intrekken: ${title}` }).click();
      await one.getByRole('button', { name: 'Intrekken', exact: true }).click();
      await expect(one.getByText('Ingetrokken', { exact: true })).toBeVisible();
    }
    expect(writes.filter(write => write.startsWith('PATCH'))).toHaveLength(3);
  });
});

test.describe('hr', () => {
  test.use({ role: 'hr' });

  test('the year filters by team and name, in the address', async ({ page }) => {
    await page.goto('/hr/year');
    const rows = page.locator('[data-person]');
    await expect(rows.first()).toBeVisible();
    const all = await rows.count();
    await page.getByLabel('Team').selectOption('Sales');
    await expect(page).toHaveURL(/team=Sales/);
    await expect.poll(() => rows.count()).toBeLessThan(all);
    await page.goto('/hr/year?q=Employee 012');
    await expect(rows).toHaveCount(1);
    await expect(rows.getByRole('img')).toHaveAccessibleName(/^Gehaald: /);
  });

  test('a row opens the reasons, week by week, without texts', async ({ page }) => {
    await page.goto('/hr/year?q=Employee 012');
    await page.getByRole('button', { name: 'Employee 012' }).click();
    const panel = page.getByRole('dialog');
    await panel
      .getByRole('button', { name: /^Week \d+: Telt$/ })
      .first()
      .click();
    await expect(panel.getByText(/^In deze week (telt|tellen) \d+ bericht/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  });

  test('the export is a CSV file with a row per person', async ({ page }) => {
    await page.goto('/hr/year');
    const rows = await page
      .locator('[data-person]')
      .first()
      .isVisible()
      .then(() => page.locator('[data-person]'));
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Exporteer CSV' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text).toContain('Employee 012');
    expect(text.trim().split('\n').length).toBeGreaterThan(await rows.count());
  });
});

test.describe('admin', () => {
  test.use({ role: 'admin' });

  test('an invitation is shown once and makes one account', async ({ page, browser, baseURL }, info) => {
    const email = `nieuw-${info.project.name}-${Date.now()}@demo.test`;
    await page.goto('/admin/people');
    await page.getByRole('button', { name: 'Uitnodigen' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Naam').fill('Employee 900');
    await dialog.getByLabel('E-mail').fill(email);
    await dialog.getByRole('button', { name: 'Uitnodiging maken' }).click();
    const link = (await dialog.getByLabel('Link').textContent()) ?? '';
    expect(link).toMatch(/\/invite#.{20,}/);
    await dialog.getByRole('button', { name: 'Klaar' }).click();

    const nobody = { storageState: { cookies: [], origins: [] }, locale: 'nl-NL' };
    const guest = await (await browser.newContext({ ...nobody, ...(baseURL ? { baseURL } : {}) })).newPage();
    await guest.goto(link);
    await expect(guest.getByText(email)).toBeVisible();
    await guest.getByLabel('Wachtwoord').fill('een zin die niemand raadt 7');
    await guest.getByRole('button', { name: 'Maak mijn account' }).click();
    await expect(guest.getByRole('heading', { name: 'Voor jou' })).toBeVisible();

    await page.getByRole('searchbox').fill(email);
    await expect(page.getByRole('listitem').filter({ hasText: email })).toBeVisible();
  });

  test('the list shows roles and whether a connection works, and nothing of shares', async ({ page }) => {
    await page.goto('/admin/people?q=Employee 012');
    const row = page.getByRole('listitem').filter({ hasText: 'employee@demo.test' });
    await expect(row.getByText('Medewerker')).toBeVisible();
    await expect(row.getByText(/Koppeling werkt|Niet verbonden/)).toBeVisible();
  });
});
