import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';

test.use({ role: 'marketer', expected: /422/ });

const list = (
  sandbox: string,
  mark: string,
) => `<?xml version="1.0"?><opml version="2.0"><head><title>Lijst</title></head><body>
  <outline text="Nieuws"><outline text="Al gevolgd" type="rss" xmlUrl="${sandbox}/feeds/nieuws.xml"/>
  <outline text="Banen ${mark}" type="rss" xmlUrl="${sandbox}/feeds/vacatures.xml?voor=${mark}"/></outline>
  <outline text="Script ${mark}" type="rss" xmlUrl="javascript:alert(1)"/>
  <outline text="Kapot ${mark}" type="rss" xmlUrl="${sandbox}/bad/500?voor=${mark}"/>
  <outline text="Niet nu ${mark}" type="rss" xmlUrl="${sandbox}/feeds/insights.xml?voor=${mark}"/></body></opml>`;

test('a list is imported: what is ticked is followed, and each first poll is told', async ({
  page,
  sandbox,
}, info) => {
  test.setTimeout(90_000);
  const mark = info.project.name;
  await page.goto('/marketing/feeds');
  await page.getByRole('link', { name: 'Lijst inlezen' }).click();
  const file = { name: 'feeds.opml', mimeType: 'text/x-opml', buffer: Buffer.from(list(sandbox, mark)) };
  await page.getByLabel('OPML-bestand').setInputFiles(file);

  const news = page.getByRole('group', { name: 'Nieuws' });
  await expect(news.getByText('Die volg je al')).toBeVisible();
  await expect(news.getByRole('checkbox')).toHaveCount(1);
  await expect(news.getByText(`${sandbox}/feeds/vacatures.xml?voor=${mark}`)).toBeVisible();
  await expect(page.getByText('javascript:alert(1)', { exact: false })).toBeVisible();
  await page.screenshot({ path: info.outputPath('list.png'), fullPage: true });
  await page.getByRole('checkbox', { name: `Niet nu ${mark}` }).uncheck();
  const follow = page.getByRole('button', { name: '2 feeds volgen' });
  await expect(follow).toBeDisabled();
  await page.getByLabel('Onderwerp', { exact: true }).selectOption({ label: 'Vacatures' });
  // Twice without any pause: the second is not another import, of nothing.
  await follow.evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });

  await expect(page.getByRole('status').filter({ hasText: '1 feed werkt; 1 nog niet.' })).toBeVisible({
    timeout: 60_000,
  });
  await expect(
    page
      .locator('[data-feed]')
      .filter({ hasText: `Banen ${mark}` })
      .getByText('Werkt'),
  ).toBeVisible();
  const broken = page.locator('[data-feed]').filter({ hasText: `Kapot ${mark}` });
  await expect(broken.getByText('Ophalen:')).toBeVisible();
  await page.reload();
  await expect(page.getByText('1 feed werkt; 1 nog niet.')).toBeVisible();

  await page.goto('/marketing/feeds');
  const rowOf = (name: string) => page.locator('[data-feed]').filter({ hasText: `${name} ${mark}` });
  await expect(rowOf('Banen').getByText('Nieuws', { exact: true }), 'the topic of its group').toBeVisible();
  await expect(rowOf('Kapot').getByText('Vacatures', { exact: true })).toBeVisible();
  await expect(rowOf('Kapot').getByText(/^Geprobeerd /)).toBeVisible();
  await expect(rowOf('Kapot').getByText('Nog nooit gelezen')).toBeVisible();
  await expect(page.getByText('Indelingen, filters, teams en roosters staan er niet in', { exact: false })).toBeVisible();
  await page.screenshot({ path: info.outputPath('feeds.png'), fullPage: true });

  for (const name of [`Banen ${mark}`, `Kapot ${mark}`]) {
    await page.goto('/marketing/feeds');
    await page.getByRole('link', { name }).click();
    await page.getByRole('button', { name: 'Niet meer volgen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Niet meer volgen' }).click();
    await expect(page).toHaveURL(/\/marketing\/feeds$/);
  }
});

test('a file that is no list is explained, and another can be chosen', async ({ page }) => {
  await page.goto('/marketing/feeds/import');
  const file = { name: 'foto.opml', mimeType: 'text/x-opml', buffer: Buffer.from('geen lijst') };
  await page.getByLabel('OPML-bestand').setInputFiles(file);
  await expect(page.getByRole('alert')).toBeVisible();
});

test('the list of feeds is exported', async ({ page, sandbox }) => {
  await page.goto('/marketing/feeds');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Lijst bewaren' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text).toContain(`${sandbox}/feeds/nieuws.xml`);
});
