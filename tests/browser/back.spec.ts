import type { Page } from '@playwright/test';
import { as, connectLinkedIn, expect, home, offer, ownNumber, signIn, test } from './fixtures.ts';

test.use({ role: null });
test.setTimeout(180_000);

/** Shares it, waits until it is out, and answers where it is. */
async function share(page: Page, title: string): Promise<string> {
  await page.goto(home(title));
  await page.getByRole('button', { name: `Delen: ${title}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Nu plaatsen' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.goto('/shares');
  const link = page
    .locator('[data-share]', { hasText: title })
    .getByRole('link', { name: 'Bekijk op LinkedIn' });
  // A minute lies between two posts of one person.
  await expect(link).toBeVisible({ timeout: 90_000 });
  return (await link.getAttribute('href')) ?? '';
}

test('a share is taken back at the network, by oneself or because the company asks', async ({
  page,
  browser,
  baseURL,
  sandbox,
  axe,
}, info) => {
  const number = ownNumber('back', info.project.name);
  const marketer = await as(browser, 'marketer', baseURL);
  const mine = `Teruggenomen ${info.project.name} ${Date.now()}`;
  const theirs = `Ingetrokken ${info.project.name} ${Date.now()}`;
  for (const title of [mine, theirs]) await offer(marketer, baseURL, title);
  await signIn(page, number);
  await connectLinkedIn(page, number);
  const isDeleted = async (address: string) => {
    const posts = await (await page.request.get(`${sandbox}/switches/posts`)).json();
    return posts.find((post: { urn: string }) => address.includes(post.urn))?.deleted;
  };

  await test.step('removing says what happens to the week, and the network forgets the post', async () => {
    const address = await share(page, mine);
    const row = page.locator('[data-share]', { hasText: mine });
    await row.getByRole('button', { name: 'Verwijder van LinkedIn' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('heading', { name: 'Van LinkedIn verwijderen?' })).toBeVisible();
    await expect(dialog.getByText('het staat er nog geen 24 uur')).toBeVisible();
    await axe(page);
    await page.screenshot({ path: info.outputPath('remove.png') });
    expect(await isDeleted(address)).toBe(false);
    await dialog.getByRole('button', { name: 'Verwijder van LinkedIn' }).click();
    await expect(row.getByText('Verwijderd', { exact: true })).toBeVisible({ timeout: 15_000 });
    await expect(
      row.getByText('Het is binnen 24 uur verwijderd. Voor een bonus telt het niet.'),
    ).toBeVisible();
    await page.screenshot({ path: info.outputPath('removed.png') });
    expect(await isDeleted(address)).toBe(true);
    await page.goto('/year');
    await expect(page.getByText('binnen 24 uur verwijderd, telt niet')).toBeVisible();
  });

  await test.step('who shared a withdrawn post is asked, and may keep it', async () => {
    const address = await share(page, theirs);
    await marketer.goto(`/marketing/posts?q=${encodeURIComponent(theirs)}`);
    const row = marketer.locator('[data-post]', { hasText: theirs });
    await row.getByRole('button', { name: `Intrekken: ${theirs}` }).click();
    await expect(row.getByText('Iedereen die het deelde krijgt de vraag of het weg mag.')).toBeVisible();
    await marketer.screenshot({ path: info.outputPath('withdraw.png') });
    await row.getByRole('button', { name: 'Intrekken', exact: true }).click();
    await expect(marketer.getByText('Ingetrokken. Niemand kan het nog delen.')).toBeVisible();

    await page.goto('/');
    const question = page.locator('[data-asked-back]', { hasText: theirs });
    await expect(question.getByText('Je bedrijf heeft dit bericht teruggenomen.')).toBeVisible();
    await axe(page);
    await page.screenshot({ path: info.outputPath('asked-home.png') });
    await question.getByRole('button', { name: 'Verwijder van LinkedIn' }).click();
    await expect(page.getByRole('dialog').getByText('je bedrijf vroeg erom')).toBeVisible();
    await page.getByRole('dialog').getByRole('button', { name: 'Niet verwijderen' }).click();
    await page.goto('/shares');
    const mineToo = page.locator('[data-share]', { hasText: theirs });
    await page.screenshot({ path: info.outputPath('asked-shares.png') });
    await mineToo.getByRole('button', { name: 'Laten staan' }).click();
    await expect(page.getByText('Het blijft staan.')).toBeVisible();
    await expect(mineToo.getByRole('button', { name: 'Verwijder van LinkedIn' })).toBeVisible();
    expect(await isDeleted(address)).toBe(false);
    await page.goto('/');
    await expect(question).toHaveCount(0);
  });

  await test.step('a dead token says what to do, and the person can say that it is gone', async () => {
    await page.request.post(`${sandbox}/switches/tokens`, { form: { member: number, end: 'revoked' } });
    await page.goto('/shares');
    const row = page.locator('[data-share]', { hasText: theirs });
    await row.getByRole('button', { name: 'Verwijder van LinkedIn' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Verwijder van LinkedIn' }).click();
    await expect(row.getByText('Je account is niet meer verbonden.')).toBeVisible({ timeout: 15_000 });
    await expect(row.getByRole('link', { name: 'Open op LinkedIn' })).toBeVisible();
    await axe(page);
    await page.screenshot({ path: info.outputPath('failed.png') });
    await row.getByRole('button', { name: 'Ik heb het verwijderd' }).click();
    await expect(row.getByText('Telt het mee voor de bonus, dan blijft het tellen.')).toBeVisible();
    const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(width, 'nothing is wider than the screen').toBeLessThanOrEqual(0);
  });
});
