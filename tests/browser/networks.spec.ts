import type { Browser, Page } from '@playwright/test';
import { expect, ownNumber, SHARE, signIn, test } from './fixtures.ts';

const WORDS = 'Samen (echt) [waar] #trots @iedereen *b* _i_ ~s~ |p| 🎉';

// A server that is none, and a password that is no app password.
test.use({ expected: /422.*\/api\/connections\// });
test.setTimeout(120_000);

/** Signs somebody in by hand and answers their page. */
/** Handle and app password of a practice member, read where a member would make one. */
async function appPassword(browser: Browser, sandbox: string, number: number) {
  const page = await browser.newPage();
  await page.goto(`${sandbox}/bluesky/profile/member0${number}.sandbox.example`);
  const [handle, password] = await page.locator('.keys dd code').allTextContents();
  await page.close();
  return { handle: handle ?? '', password: password ?? '' };
}

test('an employee connects Mastodon and Bluesky and shares on both at once', async ({
  page,
  browser,
  sandbox,
  axe,
}, info) => {
  const number = ownNumber('networks', info.project.name);
  await signIn(page, number);

  await test.step('names the own server, and says "this is me"', async () => {
    await page.goto('/me');
    await page.getByRole('button', { name: 'Verbind Mastodon' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Jouw server').fill('127.0.0.1');
    await dialog.getByRole('button', { name: 'Door naar mijn server' }).click();
    await expect(dialog.getByText('Deze server staat niet op het openbare internet')).toBeVisible();
    await axe(page);
    await page.screenshot({ path: info.outputPath('mastodon.png') });
    await dialog.getByLabel('Jouw server').fill(new URL(sandbox).host);
    await dialog.getByRole('button', { name: 'Door naar mijn server' }).click();
    await expect(page).toHaveURL(url => url.origin === sandbox);
    await page.getByLabel('Sign in as').selectOption({ value: String(number) });
    await page.getByRole('button', { name: 'Allow' }).click();
    await expect(page.getByRole('heading', { name: 'Ben jij dit?' })).toBeVisible();
    await expect(page.getByText(`@member0${number}@${new URL(sandbox).host}`)).toBeVisible();
    await page.getByRole('button', { name: 'Ja, verbinden' }).click();
    await expect(page.locator('[data-network="mastodon"]').getByText('Verbonden als')).toBeVisible();
  });

  await test.step('connects Bluesky with an app password, never with the main one', async () => {
    const { handle, password } = await appPassword(browser, sandbox, number);
    await page.getByRole('button', { name: 'Verbind Bluesky' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('Nooit je hoofdwachtwoord.')).toBeVisible();
    await expect(dialog.getByRole('link', { name: 'Maak een app-wachtwoord' })).toBeVisible();
    await dialog.getByLabel('Naam bij Bluesky').fill(handle);
    await dialog.getByLabel('App-wachtwoord').fill('mijn hoofdwachtwoord');
    await dialog.getByRole('button', { name: 'Verbinden' }).click();
    await expect(dialog.getByText('Dit is geen app-wachtwoord.')).toBeVisible();
    await axe(page);
    await page.screenshot({ path: info.outputPath('bluesky.png') });
    await dialog.getByLabel('App-wachtwoord').fill(password);
    await dialog.getByRole('button', { name: 'Verbinden' }).click();
    await expect(dialog).toBeHidden();
    const bluesky = page.locator('[data-network="bluesky"]');
    await expect(bluesky.getByText(`Verbonden als ${handle}`)).toBeVisible();
    await expect(bluesky.getByText('dagen over')).toBeVisible();
    await expect(page.locator('[data-network="mastodon"]').getByText('dagen over')).toHaveCount(0);
    const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(width, 'nothing is wider than the screen').toBeLessThanOrEqual(0);
    await page.screenshot({ path: info.outputPath('accounts.png'), fullPage: true });
  });

  let title = '';
  await test.step('sees each preview and each counter, and is stopped by the shorter one', async () => {
    await page.goto('/');
    const share = page.getByRole('button', { name: SHARE }).first();
    title = ((await share.getAttribute('aria-label')) ?? '').replace('Delen: ', '');
    await share.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: 'Mastodon' }).check();
    await dialog.getByRole('checkbox', { name: 'Bluesky' }).check();
    await expect(dialog.getByRole('heading', { name: 'Delen op Mastodon en Bluesky' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Bewerken' }).click();
    await dialog.getByLabel('Jouw tekst').fill('x'.repeat(301));
    await expect(dialog.getByText('Mastodon: nog 142 tekens')).toBeVisible();
    await expect(dialog.getByText('Bluesky: 33 tekens te veel')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Nu plaatsen' })).toBeDisabled();
    await dialog.getByLabel('Jouw tekst').fill(WORDS);
    await dialog.getByRole('button', { name: 'Klaar' }).click();
    await dialog.getByRole('radio', { name: 'Bluesky' }).check();
    await axe(page);
    await page.screenshot({ path: info.outputPath('preview-bluesky.png') });
    await dialog.getByRole('radio', { name: 'Mastodon' }).check();
    await page.screenshot({ path: info.outputPath('preview-mastodon.png') });
    await dialog.getByRole('button', { name: 'Nu plaatsen' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('Over een paar tellen gaat het naar Mastodon en Bluesky')).toBeVisible();
  });

  await test.step('both networks show the words as they were written', async () => {
    await page.goto('/shares');
    const rows = page.locator('[data-share]').filter({ hasText: title });
    const links: string[] = [];
    for (const network of ['Mastodon', 'Bluesky']) {
      const link = rows.getByRole('link', { name: `Bekijk op ${network}` });
      await expect(link).toBeVisible({ timeout: 45_000 });
      links.push((await link.getAttribute('href')) ?? '');
    }
    await page.screenshot({ path: info.outputPath('shares.png') });
    const reader = await browser.newPage();
    for (const link of links) {
      expect(link).toContain(sandbox);
      await reader.goto(link);
      await expect(reader.locator('article.post')).toHaveCount(1);
      await expect(reader.locator('article.post p.text')).toContainText(WORDS);
    }
    await reader.close();
  });
});
