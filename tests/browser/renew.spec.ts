import type { Browser, Page } from '@playwright/test';
import { expect, ownNumber, PASSWORD, SHARE, test } from './fixtures.ts';

test.setTimeout(120_000);

async function signIn(page: Page, email: string) {
  await page.goto('/');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Wachtwoord', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await expect(page.getByRole('heading', { name: 'Voor jou' })).toBeVisible();
}

const narrow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** A browser of nobody, as a mail program opens it. */
async function stranger(browser: Browser, page: Page, baseURL: string | undefined) {
  const context = await browser.newContext({
    locale: 'nl-NL',
    viewport: page.viewportSize(),
    ...(baseURL ? { baseURL } : {}),
  });
  return context.newPage();
}

/** The newest mail to somebody, opened on the sandbox's page. */
async function openMail(page: Page, sandbox: string, email: string, subject: RegExp) {
  await expect(async () => {
    await page.goto(`${sandbox}/mail`);
    await expect(
      page.locator('.mails li', { hasText: email }).filter({ hasText: subject }).first(),
    ).toBeVisible({
      timeout: 500,
    });
  }).toPass({ timeout: 45_000 });
  await page.locator('.mails li a', { hasText: email }).filter({ hasText: subject }).first().click();
}

test('a dead token is renewed from the mail, and what waited goes out', async ({
  page,
  browser,
  baseURL,
  sandbox,
  axe,
}, info) => {
  const number = ownNumber('renew', info.project.name);
  const email = `employee0${number}@demo.test`;
  await signIn(page, email);

  await test.step('connects, and says yes to reminders in a box that is not ticked', async () => {
    await page.goto('/me');
    await page.getByRole('button', { name: 'Verbind LinkedIn' }).click();
    await page.getByLabel('Sign in as').selectOption({ value: String(number) });
    await page.getByRole('button', { name: 'Allow' }).click();
    await expect(page.getByRole('heading', { name: 'Ben jij dit?' })).toBeVisible();
    const remind = page.getByRole('checkbox', { name: /^Mail mij 14, 7, 3 en 1 dag/ });
    await expect(remind).not.toBeChecked();
    await axe(page);
    await page.screenshot({ path: info.outputPath('connect.png') });
    await remind.check();
    await page.getByRole('button', { name: 'Ja, verbinden' }).click();
    await expect(page.locator('[data-network="linkedin"]').getByText('Verbonden als')).toBeVisible();
    await expect(page.getByRole('checkbox', { name: /^Mail mij 14, 7, 3 en 1 dag/ })).toBeChecked();
    await expect(page.getByText('Je zei ja op')).toBeVisible();
    expect(await narrow(page)).toBeLessThanOrEqual(0);
    await axe(page);
    await page.screenshot({ path: info.outputPath('me.png'), fullPage: true });
  });

  let title = '';
  await test.step('shares, but the network has ended the connection meanwhile', async () => {
    await page.goto('/');
    const share = page.getByRole('button', { name: SHARE }).first();
    title = ((await share.getAttribute('aria-label')) ?? '').replace('Delen: ', '');
    await share.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Nu plaatsen' }).click();
    await expect(page.getByText('Over een paar tellen gaat het naar LinkedIn')).toBeVisible();
    const form = { member: String(number), end: 'revoked' };
    expect((await page.request.post(`${sandbox}/switches/tokens`, { form })).ok()).toBe(true);
    await page.goto('/shares');
    const row = page.locator('[data-share]').filter({ hasText: title });
    await expect(row.getByText('Vastgehouden')).toBeVisible({ timeout: 45_000 });
    await page.goto('/');
    await expect(
      page.getByText('Je koppeling met LinkedIn werkt niet meer. Er wacht 1 bericht, tot'),
    ).toBeVisible();
    await axe(page);
    await page.screenshot({ path: info.outputPath('home.png') });
    expect(await narrow(page)).toBeLessThanOrEqual(0);
  });

  const reader = await stranger(browser, page, baseURL);
  await test.step('opens the mail in a browser where nobody is signed in', async () => {
    await openMail(reader, sandbox, email, /werkt niet meer/);
    await expect(reader.getByText('Er wacht 1 bericht, bewaard tot en met')).toBeVisible();
    await reader.screenshot({ path: info.outputPath('mail.png'), fullPage: true });
    await reader
      .getByRole('link', { name: /\/renew#/ })
      .first()
      .click();
    await expect(reader.getByRole('heading', { name: 'LinkedIn vernieuwen' })).toBeVisible();
    await expect(reader.getByText('werkt niet meer. Er wacht 1 bericht.')).toBeVisible();
    expect(await narrow(reader)).toBeLessThanOrEqual(0);
    await axe(reader);
    await reader.screenshot({ path: info.outputPath('renew.png') });
  });

  await test.step('another account is refused with words', async () => {
    await reader.getByRole('button', { name: 'Vernieuwen' }).click();
    await reader.getByLabel('Sign in as').selectOption({ value: '40' });
    await reader.getByRole('button', { name: 'Allow' }).click();
    await expect(reader.getByText('Je gaf een ander account toestemming')).toBeVisible();
    await axe(reader);
    await reader.screenshot({ path: info.outputPath('other.png') });
  });

  await test.step('click, allow, renewed', async () => {
    await openMail(reader, sandbox, email, /werkt niet meer/);
    await reader
      .getByRole('link', { name: /\/renew#/ })
      .first()
      .click();
    await reader.getByRole('button', { name: 'Vernieuwen' }).click();
    await reader.getByLabel('Sign in as').selectOption({ value: String(number) });
    await reader.getByRole('button', { name: 'Allow' }).click();
    await expect(reader.getByRole('heading', { name: 'Vernieuwd' })).toBeVisible();
    await expect(reader.getByText('plaatsen, 60 dagen lang.')).toBeVisible();
    await expect(reader.getByText('Je wachtende bericht gaat op zijn tijd uit.')).toBeVisible();
    await axe(reader);
    await reader.screenshot({ path: info.outputPath('renewed.png') });
    await reader.getByRole('link', { name: 'Naar Klaroen' }).click();
    await expect(reader.getByRole('button', { name: 'Inloggen' })).toBeVisible(); // nobody was signed in
  });

  await test.step('the waiting share is on LinkedIn', async () => {
    await page.goto('/shares');
    const row = page.locator('[data-share]').filter({ hasText: title });
    const link = row.getByRole('link', { name: 'Bekijk op LinkedIn' });
    await expect(link).toBeVisible({ timeout: 45_000 });
    await reader.goto((await link.getAttribute('href')) ?? '');
    await expect(reader.locator('article.post')).toHaveCount(1);
  });

  await test.step('one click in the mail ends the mails', async () => {
    await openMail(reader, sandbox, email, /werkt niet meer/);
    await reader
      .getByRole('link', { name: /\/unsubscribe\// })
      .first()
      .click();
    await axe(reader);
    await reader.screenshot({ path: info.outputPath('stop.png') });
    await reader.getByRole('button', { name: 'Geen mails meer' }).click();
    await expect(reader.getByRole('heading', { name: 'Deze mails zijn gestopt' })).toBeVisible();
    await page.goto('/me');
    await expect(page.getByRole('checkbox', { name: /^Mail mij 14, 7, 3 en 1 dag/ })).not.toBeChecked();
  });
  await reader.context().close();
});

test('a connection that ends in three days is told at home, at a share planned later, and by mail', async ({
  page,
  sandbox,
  axe,
}, info) => {
  const email = 'employee014@demo.test';
  await signIn(page, email);
  await expect(page.getByText(/Je koppeling met LinkedIn eindigt over [23] dagen\./)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Vernieuw LinkedIn' })).toBeVisible();
  await axe(page);
  await page.screenshot({ path: info.outputPath('home.png') });
  await page.goto('/shares');
  const flags = page.locator('[data-share]').filter({ hasText: 'eindigt eerder' });
  await expect(flags).toHaveCount(1);
  await axe(page);
  await page.screenshot({ path: info.outputPath('shares.png') });
  await page.goto('/');
  await page
    .getByRole('button', { name: SHARE })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Kies een tijd' }).check();
  const later = new Date(Date.now() + 6 * 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel('Dag en tijd').fill(`${later}T10:00`);
  await expect(dialog.getByText('Je koppeling met LinkedIn eindigt eerder')).toBeVisible();
  await axe(page);
  await page.screenshot({ path: info.outputPath('dialog.png') });
  await expect(async () => {
    await page.goto(`${sandbox}/mail`);
    const mails = page.locator('.mails li', { hasText: email }).filter({ hasText: /eindigt op/ });
    await expect(mails).toHaveCount(1, { timeout: 500 });
  }).toPass({ timeout: 45_000 });
});

test.describe('nobody', () => {
  test.use({ expected: /503|422/ });

  test('a late way back says so, and only a link that is over says that it is', async ({
    page,
    axe,
  }, info) => {
    await page.goto('/api/connections/linkedin/callback?code=a&state=b');
    await expect(page.getByRole('heading', { name: 'Dit is niet vernieuwd' })).toBeVisible();
    await expect(page.getByText('De weg terug van het netwerk paste niet bij deze browser.')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Naar Klaroen' })).toBeVisible();
    await axe(page);
    await page.screenshot({ path: info.outputPath('late.png') });
    const away = { status: 503, json: { code: 'unavailable' } };
    await page.route('**/api/renewals/look', route => route.fulfill(away), { times: 1 });
    await page.goto('/renew#made-up');
    await expect(page.getByText('De server is even niet bereikbaar.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Deze link werkt niet meer' })).toHaveCount(0);
    await axe(page);
    await page.screenshot({ path: info.outputPath('away.png') });
    await page.getByRole('button', { name: 'Opnieuw proberen' }).click();
    await expect(page.getByRole('heading', { name: 'Deze link werkt niet meer' })).toBeVisible();
  });
});

test.describe('an admin', () => {
  test.use({ role: 'admin' });
  test('sees how mail is', async ({ page, axe }, info) => {
    await page.goto('/admin/publishing');
    await expect(page.getByRole('heading', { name: 'Mail' })).toBeVisible();
    await expect(page.getByText('Mail werkt, voor zover bekend.')).toBeVisible();
    await axe(page);
    await page.screenshot({ path: info.outputPath('publishing.png'), fullPage: true });
  });

  test('has mails tried again that were given up', async ({ page, axe }, info) => {
    const health = await (await page.request.get('/api/health/publishing')).json();
    const at = new Date(Date.now() - 3_600_000).toISOString();
    const failed = [{ kind: 'connection_ends', error: 'smtp.550', mails: 2, at }];
    await page.route('**/api/health/publishing', route => route.fulfill({ json: { ...health, mail: { ...health.mail, failed } } }), {
      times: 1,
    });
    await page.goto('/admin/publishing');
    await expect(page.getByText('2 mails (een koppeling eindigt) gingen niet uit: de mailserver antwoordde 550')).toBeVisible();
    await axe(page);
    await page.screenshot({ path: info.outputPath('given-up.png'), fullPage: true });
    await page.getByRole('button', { name: 'Probeer ze opnieuw' }).click();
    await expect(page.getByText('Ze gaan zo meteen opnieuw uit.')).toBeVisible();
    await expect(page.getByText('gingen niet uit')).toBeHidden();
  });
});
