import { as, expect, home, test } from './fixtures.ts';

// Round brackets and a hash: what LinkedIn cuts off when it is not escaped.
const WORDS = 'Mooi gemaakt (echt waar) door onze mensen #trots';
const LINE = 'Ik werk bij Voorbeeld Energie.';
const WEEK = /^Week \d+\/(52|53)$/;

test.use({ role: 'employee' });
test.setTimeout(120_000);

test('the main job, end to end: address, items, post, share, click, week', async ({
  page,
  browser,
  baseURL,
  sandbox,
  request,
}) => {
  const marketer = await as(browser, 'marketer', baseURL);
  let title = '';

  await test.step('a marketer pastes the page of a YouTube channel, and sees every entry without seeing an expression', async () => {
    await marketer.goto('/marketing/feeds');
    await marketer.getByRole('link', { name: 'Feed toevoegen' }).click();
    await marketer.getByLabel('Adres').fill(`${sandbox}/@voorbeeldenergie`);
    await marketer.getByRole('button', { name: 'Laat zien wat erin zit' }).click();
    await expect(marketer.getByText('Gelezen als youtube')).toBeVisible({ timeout: 20_000 });
    await expect(marketer.getByText('15 items')).toBeVisible();
    await expect(marketer.getByText('Klaroen leest deze feed goed.')).toBeVisible();
    await marketer.getByRole('button', { name: 'Verder' }).click();
    const cards = marketer.locator('[data-card]');
    await expect(cards).toHaveCount(15);
    for (const card of await cards.all()) {
      await card.scrollIntoViewIfNeeded();
      await expect(card.getByRole('link')).toHaveAttribute('href', /^https?:\/\//);
      await expect(card.locator('article p')).not.toBeEmpty();
      const picture = card.getByRole('img', { includeHidden: true }).or(card.locator('img'));
      await expect
        .poll(() => picture.first().evaluate((img: HTMLImageElement) => img.naturalWidth))
        .toBeGreaterThan(0);
    }
    title = (await cards.first().locator('article p').textContent()) ?? '';
    await cards.first().getByRole('checkbox').check();
    await marketer.getByLabel('Onderwerp', { exact: true }).selectOption({ label: 'Video' });
    await marketer.getByRole('radio', { name: 'Meteen aanbieden' }).check();
    // A video's card leads straight to YouTube, unless the marketer wants clicks counted; the sentence says what it costs.
    await expect(marketer.getByLabel('Kliks tellen met een korte link')).not.toBeChecked();
    await expect(marketer.getByText('Uit: de kaart leidt recht naar de video op YouTube')).toBeVisible();
    await marketer.getByLabel('Kliks tellen met een korte link').check();
    await marketer.getByRole('button', { name: 'Deze feed volgen' }).click();
    await expect(marketer.getByRole('list').filter({ hasText: title })).toBeVisible();
  });

  await test.step('an employee connects the sandbox account on the way, and finds the own words back', async () => {
    await page.goto(home(title));
    await page.getByRole('button', { name: `Delen: ${title}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Bewerken' }).click();
    await dialog.getByLabel('Jouw tekst').fill(WORDS);
    await dialog.getByRole('button', { name: 'Verbind LinkedIn' }).click();
    await expect(page).toHaveURL(url => url.origin === sandbox);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('link', { name: 'Terug' }).click();
    await expect(dialog.getByText(WORDS)).toBeVisible();
    await dialog.getByRole('button', { name: 'Verbind LinkedIn' }).click();
    await page.getByLabel('Sign in as').selectOption({ index: 0 });
    await page.getByRole('button', { name: 'Allow' }).click();
    await expect(page.getByRole('heading', { name: 'Ben jij dit?' })).toBeVisible();
    await page.getByRole('button', { name: 'Ja, verbinden' }).click();
    await expect(dialog.getByText(WORDS)).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Nu plaatsen' })).toBeEnabled();
    await dialog.getByRole('button', { name: 'Sluiten' }).click();
    await page.goto('/me');
    await expect(page.getByText('Verbonden als')).toBeVisible();
  });

  await test.step('shares in two taps, and sees it published', async () => {
    await page.goto(home(title));
    await expect(page.getByText(WEEK)).toBeVisible();
    await page.getByRole('button', { name: `Delen: ${title}` }).click(); // tap 1
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(title).first()).toBeVisible();
    await dialog.getByRole('button', { name: 'Nu plaatsen' }).click(); // tap 2
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('status').filter({ hasText: 'Ongedaan maken' })).toBeVisible();
    await expect(page.getByRole('button', { name: `Gedeeld, zie mijn berichten: ${title}` })).toBeVisible({
      timeout: 45_000,
    });
    await page.goto('/shares');
    await expect(
      page.locator('[data-share]').filter({ hasText: title }).getByText('Geplaatst', { exact: true }),
    ).toBeVisible();
  });

  let link = '';
  await test.step('the sandbox shows the post with card and picture', async () => {
    const href = await page
      .locator('[data-share]')
      .filter({ hasText: title })
      .getByRole('link', { name: 'Bekijk op LinkedIn' })
      .getAttribute('href');
    expect(href).toContain(sandbox);
    await marketer.goto(href ?? '');
    const post = marketer.locator('article');
    await expect(post).toHaveCount(1);
    await expect(post.locator('p.text')).toHaveText(`${WORDS} ${LINE}`);
    await expect(post.locator('a.article strong')).toHaveText(title);
    await expect
      .poll(() => post.locator('a.article img').evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBeGreaterThan(0);
    link = (await post.locator('a.article').getAttribute('href')) ?? '';
    expect(new URL(link).pathname).toMatch(/^\/s\/\w+$/);
  });

  await test.step('a click on the short link is counted once', async () => {
    const answer = await request.get(link, { maxRedirects: 0 });
    expect(answer.status()).toBe(302);
    expect(answer.headers()['set-cookie']).toBeUndefined();
    expect(answer.headers().location).toMatch(/[?&]utm_source=linkedin&utm_medium=social&utm_campaign=\w/);
    await page.reload();
    await expect(
      page.locator('[data-share]').filter({ hasText: title }).getByText('1 klik', { exact: true }),
    ).toBeVisible();
  });

  await test.step('HR sees this week filled', async () => {
    await page.goto('/year');
    const box = page.getByRole('button', { name: /^Week \d+: Telt$/, pressed: true });
    const week = (await box.textContent()) ?? '';
    const hr = await as(browser, 'hr', baseURL);
    await hr.goto('/hr/year?q=Employee 012');
    await hr.getByRole('button', { name: 'Employee 012' }).click();
    const panel = hr.getByRole('dialog');
    await panel.getByRole('button', { name: `Week ${week}: Telt` }).click();
    await expect(panel.getByText('In deze week telt 1 bericht.')).toBeVisible();
    await expect(panel.getByText(title)).toBeHidden();
  });
});
