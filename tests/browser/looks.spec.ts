import { connectLinkedIn, expect, ownNumber, SHARE, signIn, test } from './fixtures.ts';

const WORDS = 'Wij zijn #trots (echt) op dit team, niet a#b of #2026';
const COMPANY = 'Voorbeeld Energie';

test.use({ role: null });
test.setTimeout(120_000);

test('hashtags are links, and the picture itself may go out with its link below the text', async ({
  page,
  browser,
  sandbox,
  axe,
}, info) => {
  const number = ownNumber('looks', info.project.name);
  await signIn(page, number);
  await connectLinkedIn(page, number);

  let title = '';
  await test.step('the dialog shows both ways as LinkedIn will, and counts as LinkedIn will', async () => {
    await page.goto('/');
    // News of the demo's own: its clicks are counted.
    const news = page.locator('[data-post]').filter({ hasText: 'Nieuws' });
    const pictured = news.filter({ has: page.locator('img') });
    const share = pictured.getByRole('button', { name: SHARE }).first();
    title = ((await share.getAttribute('aria-label')) ?? '').replace('Delen: ', '');
    await share.click();
    const dialog = page.getByRole('dialog');
    const card = dialog.locator('article');
    await dialog.getByRole('button', { name: 'Bewerken' }).click();
    const counter = dialog.getByText(/^nog [\d.]+ tekens$/);
    const room = async () => Number(((await counter.textContent()) ?? '').replace(/\D/g, ''));
    await dialog.getByLabel('Jouw tekst').fill('een');
    const plain = await room();
    await dialog.getByLabel('Jouw tekst').fill('#een');
    await expect.poll(room, 'a hashtag takes what LinkedIn puts around its word').toBe(plain - 13);
    await dialog.getByLabel('Jouw tekst').fill(WORDS);
    await dialog.getByRole('button', { name: 'Klaar' }).click();
    await expect(card.getByText('#trots', { exact: true })).toBeVisible();
    await dialog.getByRole('button', { name: `Noem @${COMPANY}` }).click();
    const field = dialog.getByLabel('Jouw tekst');
    await expect(field, 'the button is gone, so the text takes the focus').toBeFocused();
    await expect(field).toHaveValue(`${WORDS} @${COMPANY}`);
    await dialog.getByRole('button', { name: 'Klaar' }).click();
    await expect(card.getByText(COMPANY, { exact: true })).toBeVisible();
    await expect(dialog.getByRole('button', { name: `Noem @${COMPANY}` })).toHaveCount(0);
    await expect(dialog.getByRole('radio', { name: 'Als linkkaart' })).toBeChecked();
    await expect(card.getByText(title)).toBeVisible();
    const left = await room();
    await dialog.getByRole('radio', { name: 'Als foto' }).check();
    await expect(card.getByText(/\/s\/…$/)).toBeVisible();
    await expect(card.getByText(title)).toHaveCount(0);
    await expect.poll(room, 'the link below the text counts').toBeLessThan(left);
    await axe(page);
    await page.screenshot({ path: info.outputPath('as-picture.png') });
    const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(width, 'nothing is wider than the screen').toBeLessThanOrEqual(0);
    await dialog.getByRole('button', { name: 'Nu plaatsen' }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('LinkedIn shows the picture with what is read aloud, the words, and the link', async () => {
    await page.goto('/shares');
    const link = page
      .locator('[data-share]', { hasText: title })
      .getByRole('link', { name: 'Bekijk op LinkedIn' });
    await expect(link).toBeVisible({ timeout: 45_000 });
    const reader = await browser.newPage();
    const address = (await link.getAttribute('href')) ?? '';
    await reader.goto(address);
    const post = reader.locator('article.post');
    await expect(post.locator('p.text')).toContainText(WORDS);
    await expect(post.getByText('#trots', { exact: true })).toBeVisible();
    await expect(post.locator('.pictures img')).toHaveAttribute('alt', title);
    await expect
      .poll(() => post.locator('.pictures img').evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBeGreaterThan(0);
    await reader.screenshot({ path: info.outputPath('at-linkedin.png') });
    await reader.close();
    const posts = await (await page.request.get(`${sandbox}/switches/posts`)).json();
    const sent = posts.find((one: { urn: string }) => address.includes(one.urn)).commentary as string;
    expect(sent).toContain('{hashtag|\\#|trots}');
    expect(sent).toContain(`@[${COMPANY}](urn:li:organization:2414183)`);
    expect(sent).toMatch(/\/s\/\w{8}$/);
  });
});
