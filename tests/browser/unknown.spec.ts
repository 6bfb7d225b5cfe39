import type { Page } from '@playwright/test';
import { as, connectLinkedIn, expect, home, offer, ownNumber, signIn, test } from './fixtures.ts';

/** What networks cut off, swallow or draw in bold when it is not escaped. */
const SIGNS = '( ) [ ] { } < > # @ * _ ~ | \\ (half [open # @ 🎉 👩🏽‍💻 é';

test.use({ role: null });
test.setTimeout(240_000);

/** A post of the test's own, shared with these words. */
async function share(page: Page, title: string, words: string) {
  await page.goto(home(title));
  await page.getByRole('button', { name: `Delen: ${title}`, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Bewerken' }).click();
  await dialog.getByLabel('Jouw tekst').fill(words);
  await dialog.getByRole('button', { name: 'Nu plaatsen' }).click();
  await expect(dialog).toBeHidden();
}

test('a text full of signs arrives whole, and an answer that got lost is told and resolved', async ({
  page,
  browser,
  baseURL,
  sandbox,
  axe,
}, info) => {
  const number = ownNumber('unknown', info.project.name);
  const marketer = await as(browser, 'marketer', baseURL);
  const [whole, arrived, dropped] = ['Tekens', 'Aangekomen', 'Verloren'].map(
    word => `${word} ${info.project.name} ${Date.now()}`,
  ) as [string, string, string];
  for (const title of [whole, arrived, dropped]) await offer(marketer, baseURL, title);
  await signIn(page, number);
  await connectLinkedIn(page, number);
  const row = (title: string) => page.locator('[data-share]', { hasText: title });
  const posts = async () => {
    type Post = { member: number; urn: string; commentary: string };
    const all: Post[] = await (await page.request.get(`${sandbox}/switches/posts`)).json();
    return all.filter(({ member }) => member === number);
  };
  const fault = async (fault: string) =>
    expect(
      (
        await page.request.post(`${sandbox}/switches/faults`, {
          data: { endpoint: 'posts', member: number, times: 1, fault },
        })
      ).ok(),
    ).toBe(true);

  await test.step('every sign and emoji stands on the network exactly as it was written', async () => {
    await share(page, whole, SIGNS);
    await page.goto('/shares');
    const link = row(whole).getByRole('link', { name: 'Bekijk op LinkedIn' });
    await expect(link).toBeVisible({ timeout: 45_000 });
    await marketer.goto((await link.getAttribute('href')) ?? '');
    await expect(marketer.locator('article p.text')).toContainText(SIGNS);
    await marketer.screenshot({ path: info.outputPath('signs.png') });
  });

  await test.step('it arrived, but the answer is lost: Klaroen says that it does not know, and hears it', async () => {
    await fault('drop_after');
    await share(page, arrived, 'Dit komt aan.');
    await page.goto('/shares');
    await expect(row(arrived).getByText('Het is niet zeker of het op LinkedIn staat.')).toBeVisible({
      timeout: 100_000, // a minute after the one before
    });
    await axe(page);
    await page.screenshot({ path: info.outputPath('unknown.png') });
    await page.goto('/');
    await expect(page.getByText('Van 1 bericht is niet zeker of het is geplaatst.')).toBeVisible();
    await page.screenshot({ path: info.outputPath('home.png') });
    await page.getByRole('link', { name: 'Kijk even', exact: true }).click();
    await row(arrived).getByRole('button', { name: 'Ja, het staat er' }).click();
    await row(arrived).getByRole('button', { name: 'Terug' }).click();
    await row(arrived).getByRole('button', { name: 'Ja, het staat er' }).click();
    const [latest] = (await posts()).slice(-1);
    await row(arrived).getByLabel('Link naar je bericht').fill(`${sandbox}/feed/update/${latest?.urn}/`);
    await row(arrived).getByRole('button', { name: 'Dit is het' }).click();
    await expect(row(arrived).getByText('Geplaatst', { exact: true })).toBeVisible();
  });

  await test.step('it never arrived, and its person leaves it at that: nobody is blamed', async () => {
    await fault('drop_before');
    await share(page, dropped, 'Dit komt niet aan.');
    await page.goto('/shares');
    await row(dropped).getByRole('button', { name: 'Nee, laat maar' }).click({ timeout: 100_000 });
    await expect(row(dropped).getByText('Er is niets geplaatst op LinkedIn.')).toBeVisible();
    await expect(row(dropped).getByText('Je hebt gekeken, en het stond er niet.')).toBeVisible();
    await page.screenshot({ path: info.outputPath('left.png') });
    const there = (await posts()).filter(({ commentary }) => commentary.startsWith('Dit komt'));
    expect(there.map(({ commentary }) => commentary.split('\n')[0])).toEqual(['Dit komt aan.']);
  });
});
