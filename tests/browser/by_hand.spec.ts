import type { Browser, Page } from '@playwright/test';
import { expect, ownNumber, SHARE, signIn, test } from './fixtures.ts';

async function window(browser: Browser, number: number, baseURL: string | undefined) {
  const context = await browser.newContext({
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    viewport: { width: 1280, height: 800 },
    ...(baseURL ? { baseURL } : {}),
  });
  const page = await context.newPage();
  await signIn(page, number);
  return page;
}

const shot = (page: Page, name: string) =>
  page.screenshot({ path: `test-results/by-hand/${name}-${test.info().project.name}.png` });

test('a pasted link that a colleague confirms fills the week', async ({
  page,
  browser,
  baseURL,
  sandbox,
  axe,
}, info) => {
  test.setTimeout(90_000);
  const number = ownNumber('author', info.project.name);
  const other = ownNumber('colleague', info.project.name);
  await signIn(page, number);
  await page.getByRole('button', { name: SHARE }).first().click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Verbind LinkedIn' })).toBeVisible();
  await expect(dialog.getByText('Beide manieren tellen even zwaar')).toBeVisible();
  await shot(page, '1-two-ways');
  await dialog.getByRole('button', { name: 'Zelf delen' }).click();
  await expect(dialog.getByRole('link', { name: /^Open LinkedIn/ })).toHaveAttribute(
    'href',
    /sharing\/share-offsite\/\?url=http/,
  );
  await dialog.getByRole('button', { name: 'Ik heb het zelf al gedeeld' }).click();
  const post = `${sandbox}/feed/update/urn:li:share:7${Date.now()}${number}/`;
  await dialog.getByLabel('Link van je bericht').fill(post);
  await dialog.getByLabel('Wie bevestigt het?').fill(`Employee 0${other}`);
  await shot(page, '2-paste');
  await dialog.getByRole('button', { name: `Employee 0${other}` }).click();
  await axe(page);
  await dialog.getByRole('button', { name: 'Vraag om bevestiging' }).click();
  await expect(dialog).toBeHidden();
  await page.goto('/shares');
  const row = page.locator('[data-share]').first();
  await expect(row).toContainText('Wacht op een collega');
  await expect(row).toContainText('Zelf gedeeld · jouw woord');
  await axe(page);
  await shot(page, '3-waiting');
  await page.goto('/year');
  await expect(page.getByRole('button', { name: /: Deze week, nog open$/ })).toBeVisible();

  const colleague = await window(browser, other, baseURL);
  const question = colleague.locator('[data-confirmation]').filter({ hasText: `Employee 0${number}` });
  await expect(question).toBeVisible();
  await question.getByRole('button').click();
  const look = colleague.getByRole('dialog');
  await expect(look.getByText('De pagina is van hieruit niet te lezen')).toBeVisible();
  await expect(look.getByRole('link', { name: /^Open het bericht/ })).toHaveAttribute('href', post);
  await shot(colleague, '4-look');
  await look.getByRole('button', { name: 'Ja, ik zie het' }).click();
  await expect(look).toBeHidden();
  await expect(question).toBeHidden();
  await colleague.context().close();

  await expect(async () => {
    await page.goto('/year');
    await expect(page.getByRole('button', { name: /: Deze week, nog open$/ })).toHaveCount(0, {
      timeout: 1_500,
    });
  }).toPass({ timeout: 30_000 });
  await page.goto('/shares');
  await expect(page.locator('[data-share]').first()).toContainText(`Bevestigd door Employee 0${other}.`);
  await shot(page, '5-confirmed');
});

test('the dialog of a network opens, and only a yes is recorded', async ({ page, context }, info) => {
  await signIn(page, ownNumber('declarer', info.project.name));
  await context.route('https://x.com/**', route => route.fulfill({ body: 'X' }));
  const choose = async () => {
    await page
      .getByRole('button', { name: /^Andere netwerken: / })
      .last()
      .click();
    await shot(page, '6-menu');
    await expect(page.getByRole('menuitem', { name: 'Mastodon' })).toBeVisible();
    await page.getByRole('menuitem', { name: 'X', exact: true }).click();
    const popup = page.waitForEvent('popup');
    await page
      .getByRole('dialog')
      .getByRole('link', { name: /^Open X/ })
      .click();
    const address = new URL((await popup).url());
    expect(address.pathname).toBe('/intent/tweet');
    expect(address.searchParams.get('url')).toMatch(/\/s\/[0-9A-Za-z]{8}$/);
    await (await popup).close();
    await expect(page.getByText('Heb je het gedeeld?')).toBeVisible();
  };
  await choose();
  await shot(page, '7-done');
  await page.getByRole('button', { name: 'Nee, vergeet het' }).click();
  await page.goto('/shares');
  await expect(page.getByText('Volgens jou op X', { exact: false })).toHaveCount(0);

  await page.goto('/');
  await choose();
  await page.getByRole('button', { name: 'Ja, het staat er' }).click();
  await expect(page.getByText('Zonder link is het alleen jouw woord.', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Zonder link' }).click();
  await page.goto('/shares');
  const row = page.locator('[data-share]').filter({ hasText: 'Volgens jou op X' });
  await expect(row).toContainText('Opgegeven');
  await shot(page, '8-declared');
  await row.getByRole('button', { name: 'Trek het in' }).click();
  await expect(row).toHaveCount(0);
});

test.describe('the one who is asked', () => {
  test.use({ role: 'employee' });

  test('a colleague reads the page behind the link and says why not', async ({ page, axe }) => {
    await page.goto('/');
    const question = page.locator('[data-confirmation]').filter({ hasText: 'Employee 013' });
    await question.getByRole('button').click();
    const look = page.getByRole('dialog');
    await expect(look.getByText("Mooi werk van mijn collega's", { exact: false })).toBeVisible();
    await shot(page, '9-page');
    await look.getByRole('button', { name: 'Nee' }).click();
    await expect(look.getByLabel('Waarom niet?')).toBeFocused();
    await axe(page);
    await shot(page, '10-no');
  });
});

test.describe('HR', () => {
  test.use({ role: 'hr' });

  test('HR chooses which networks and which proof count in a new program', async ({ page, axe }, info) => {
    await page.goto(`/hr/year?year=${info.project.name === 'phone' ? 2024 : 2023}`);
    await page.getByRole('button', { name: 'Nieuw programma' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Besloten op').fill('2022-11-01');
    await dialog.getByLabel('Kenmerk').fill('OR 12');
    const tick = (name: string) => dialog.getByRole('checkbox', { name });
    await expect(dialog.getByText('Minstens 1 bedrijfsbericht per week op LinkedIn.')).toBeVisible();
    await tick('Mastodon').check();
    await tick('WhatsApp').check();
    await expect(dialog.getByText('per week op LinkedIn, Mastodon of WhatsApp.')).toBeVisible();
    await expect(dialog.getByText('Berichten op WhatsApp hebben geen adres')).toBeVisible();
    await tick('Zelf gedeeld en door een collega bevestigd').uncheck();
    await expect(
      dialog.getByText('Wie geen account verbindt heeft dan geen weg naar de bonus.'),
    ).toBeVisible();
    await tick('Zelf gedeeld en door een collega bevestigd').check();
    await tick('Ook wat mensen zonder bewijs opgeven').check();
    await expect(dialog.getByText('Berichten op WhatsApp hebben geen adres')).toBeHidden();
    await axe(page);
    await shot(page, '11-program');
    const made = page.waitForResponse(
      answer => answer.url().endsWith('/api/programs') && answer.request().method() === 'POST',
    );
    await dialog.getByRole('button', { name: 'Programma maken' }).click();
    const program = await (await made).json();
    expect(program.proof_classes).toEqual(['A', 'B', 'C']);
    expect(program.counting_networks).toEqual(['linkedin', 'mastodon', 'whatsapp']);
    await expect(page.getByText('Minstens 1 per week op LinkedIn, Mastodon of WhatsApp')).toBeVisible();
  });
});
