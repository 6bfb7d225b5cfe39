import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test.use({ role: 'marketer' });

// Other tests bring out another vacancy meanwhile: seven at first, of which one in four has no picture.
const ALL = /\b(\d) van \1\b/;
const SOME = /\b[67] van [789]\b/;

const look = async (page: Page, address: string) => {
  await page.goto('/marketing/feeds/new');
  await page.getByLabel('Adres').fill(address);
  await page.keyboard.press('Enter');
};

const field = (page: Page, name: string) => page.locator(`[data-field="${name}"]`);
const place = (page: Page, name: RegExp) => page.getByRole('treeitem', { name }).first();

/** A click on a place in the document, and one on what it is. */
const use = async (page: Page, at: RegExp, as: string) => {
  await place(page, at).click();
  await page.getByRole('menuitem', { name: as }).click();
};

/** On a phone one pane shows at a time. */
const pane = async (page: Page, name: 'Document' | 'Velden' | 'Kaart') => {
  const choice = page.getByRole('radio', { name });
  if (await choice.isVisible()) await choice.check();
};

const filled = async (page: Page, name: string, words: RegExp) => {
  await pane(page, 'Velden');
  await expect(field(page, name).locator('h3').getByText(words)).toBeVisible();
  await pane(page, 'Document');
};

test('a page with several feeds: one is chosen, and two keys lead to publishing', async ({
  page,
  sandbox,
}) => {
  await look(page, `${sandbox}/company`);
  const choice = page.getByRole('group', { name: 'Deze pagina heeft meer feeds. Welke?' });
  await expect(choice.getByRole('button')).toHaveCount(3, { timeout: 20_000 });
  await look(page, `${sandbox}/feeds/insights.xml?chosen`);
  await expect(page.getByText('Gelezen als atom')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('Klaroen leest deze feed goed.')).toBeVisible();
  const onward = page.getByRole('button', { name: 'Verder' });
  await expect(onward).toBeFocused();
  await page.getByText('Waarom zo gelezen').click();
  await expect(page.getByText('De naamruimte is die van Atom.')).toBeVisible();
  await onward.press('Enter');
  await expect(page).toHaveURL(/step=publish/);
  await expect(page.locator('[data-card]')).toHaveCount(9);
  await page.locator('[data-card]').first().getByRole('checkbox').check();
  await expect(page.getByText('1 item wordt nu aangeboden; 8 blijven als beginpunt.')).toBeVisible();
});

test('a feed that is followed already is told', async ({ page, sandbox }) => {
  await look(page, `${sandbox}/feeds/insights.xml`);
  await expect(page.getByText('Je volgt deze feed al.')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('link', { name: 'Open hem' }).click();
  await expect(page.getByRole('heading', { name: 'Voorbeeld Energie Insights' })).toBeVisible();
});

test('what is in the wizard is there after a reload and behind the back button', async ({
  page,
  sandbox,
}) => {
  await look(page, `${sandbox}/feeds/insights.xml?kept`);
  await page.getByRole('button', { name: 'Verder' }).click({ timeout: 20_000 });
  await page.getByLabel('Naam', { exact: true }).fill('Anders genoemd');
  await page.reload();
  await expect(page.getByLabel('Naam', { exact: true })).toHaveValue('Anders genoemd');
  await page.goBack();
  await expect(page).toHaveURL(/step=source/);
  await expect(page.getByText('Gelezen als atom')).toBeVisible();
});

test('XML that nobody knows: six fields by clicking, in under two minutes', async ({
  page,
  sandbox,
}, info) => {
  const name = `Vacatures ${info.project.name} ${Date.now()}`;
  const start = Date.now();
  await look(page, `${sandbox}/feeds/personeel.xml?for=${info.testId}`);
  await page.getByRole('button', { name: 'Aanwijzen' }).click({ timeout: 20_000 });
  await filled(page, 'items', ALL);
  await use(page, /^naam Monteur/, 'Titel');
  await filled(page, 'title', ALL);
  await use(page, /^@href \S+monteur-laadinfra$/, 'Link');
  await filled(page, 'link', ALL);
  await use(page, /^omschrijving/, 'Tekst');
  await filled(page, 'text', ALL);
  await use(page, /^@beeld:bron/, 'Plaatje');
  await filled(page, 'image', SOME);
  await use(page, /^geplaatst/, 'Datum');
  await filled(page, 'published', ALL);
  await use(page, /^vakgebied/, 'Categorieën');
  await filled(page, 'categories', ALL);

  await pane(page, 'Velden');
  await expect(field(page, 'link').locator('code').first()).toHaveText("adres[@soort='extern']/@href");
  await expect(field(page, 'categories').getByText('Techniek · Regio Midden')).toBeVisible();
  await pane(page, 'Kaart');
  await page.getByRole('button', { name: 'Met gaten (1)' }).click();
  await page.getByRole('option', { name: /zonder plaatje/ }).click();
  await pane(page, 'Document');
  await expect(page.getByRole('treeitem', { name: /^functie 4\/\d/ })).toBeVisible();

  await page.getByRole('button', { name: 'Publiceren' }).click();
  await expect(page.locator('[data-card]').nth(6)).toBeVisible();
  await page.getByLabel('Naam', { exact: true }).fill(name);
  await page.getByLabel('Naam van deze indeling').fill(name);
  await page.getByLabel('Onderwerp', { exact: true }).selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Deze feed volgen' }).click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
  expect(Date.now() - start, 'milliseconds').toBeLessThan(120_000);
  await expect(page.getByText('Monteur laadinfrastructuur').first()).toBeVisible();
});

test.describe('a feed that is followed', () => {
  test.use({ shelf: 'vacatures' });

  test('a broken mapping is mended by two clicks, and what it changes is shown first', async ({
    page,
    feed,
  }) => {
    await page.goto(feed.page);
    await page.getByRole('link', { name: 'Indeling', exact: true }).click();
    await place(page, /^item ×/).waitFor();
    await pane(page, 'Velden');
    await field(page, 'title')
      .getByRole('button', { name: /^Titel/ })
      .click();
    await page.getByRole('combobox', { name: 'Uitdrukking' }).fill('tittle');
    await expect(
      field(page, 'title')
        .locator('h3')
        .getByText(/\b0 van \d/),
    ).toBeVisible();

    // It would lose the title of every item, and says so.
    await page.getByRole('button', { name: 'Proberen en bewaren' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(/Zou (\d) van \1 items veranderen/)).toBeVisible();
    await expect(dialog.getByText('Geen item heeft nog: titel')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Toch bewaren' })).toBeEnabled();
    await dialog.getByRole('button', { name: 'Annuleren' }).click();

    await pane(page, 'Document');
    await place(page, /^title (?!Werken bij)/).click(); // click 1
    await page.getByRole('menuitem', { name: 'Titel' }).click(); // click 2
    await filled(page, 'title', ALL);

    await page.getByRole('button', { name: 'Proberen en bewaren' }).click();
    await expect(dialog.getByText('Voor de items van nu verandert niets.')).toBeVisible();
    await dialog.getByLabel('Naam van deze indeling').fill(`Gemend ${Date.now()}`);
    await dialog.getByRole('button', { name: 'Bewaren', exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`${feed.page}$`));
    await expect(page.getByText('Bewaard. Nieuwe items worden zo gelezen.')).toBeVisible();
  });
});

test.describe('mistakes', () => {
  test.use({ expected: /422/ });

  test('an expression is completed, and a mistake in it is pointed at', async ({ page, sandbox }) => {
    await look(page, `${sandbox}/feeds/personeel.xml?mistakes`);
    await page.getByRole('button', { name: 'Aanwijzen' }).click({ timeout: 20_000 });
    await pane(page, 'Velden');
    await field(page, 'image')
      .getByRole('button', { name: /^Plaatje/ })
      .click();
    await field(page, 'image').getByRole('button', { name: 'Uitdrukking schrijven' }).click();
    const input = page.getByRole('combobox', { name: 'Uitdrukking' });
    await input.pressSequentially('fo');
    await expect(page.getByRole('option', { name: /beeld:foto/ })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(input).toHaveValue('beeld:foto');
    await input.pressSequentially('/@br');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Tab');
    await expect(input).toHaveValue('beeld:foto/@breed');
    await input.fill('beeld:foto[');
    await expect(field(page, 'image').getByRole('alert')).toHaveText(/^Hier ontbreekt een naam/);
    await expect(input).toHaveAttribute('aria-invalid', 'true');
    await input.fill('beeld:foto/@beeld:bron');
    await expect(field(page, 'image').locator('h3').getByText(SOME)).toBeVisible();
    await expect(field(page, 'image').getByRole('alert')).toBeHidden();
  });

  test('a field that is wrong has no numbers, and stands in the way of the next step by its name', async ({
    page,
    sandbox,
  }, info) => {
    await look(page, `${sandbox}/feeds/personeel.xml?wrong=${info.testId}`);
    await page.getByRole('button', { name: 'Aanwijzen' }).click({ timeout: 20_000 });
    await use(page, /^naam Monteur/, 'Titel');
    await filled(page, 'title', ALL);
    await pane(page, 'Velden');
    const input = page.getByRole('combobox', { name: 'Uitdrukking' });
    await input.fill('naam[');
    await expect(field(page, 'title').getByRole('alert')).toHaveText(/^Hier ontbreekt een naam/);
    await expect(field(page, 'title').locator('h3').getByText(ALL)).toBeHidden();
    await expect(field(page, 'title').getByText(/Monteur/)).toBeHidden();
    await expect(field(page, 'title').getByText(/^geeft er/)).toBeHidden();
    await expect(page.getByRole('button', { name: 'Verder' })).toBeDisabled();
    await expect(page.getByText('Klopt nog niet: Titel.')).toBeVisible();
    // Folded, the row says it too.
    await field(page, 'title')
      .getByRole('button', { name: /^Titel/ })
      .click();
    await expect(field(page, 'title').getByRole('alert')).toHaveText(/^Hier ontbreekt een naam/);

    const said = page.getByRole('alert').filter({ hasText: 'Titel: Hier ontbreekt een naam' });
    for (const step of ['filter', 'publish']) {
      await page.goto(page.url().replace(/step=\w+/, `step=${step}`));
      await expect(said).toBeVisible();
      await expect(page.getByText(/\d van \d items? gaa/)).toBeHidden();
      await expect(page.locator('[data-card], [data-outcome]')).toHaveCount(0);
      await expect(page.getByRole('status', { name: 'Laden' })).toBeHidden();
    }
    await said.getByRole('button', { name: 'Indelen' }).click();
    await pane(page, 'Velden');
    await field(page, 'title')
      .getByRole('button', { name: /^Titel/ })
      .click();
    await input.fill('naam');
    await expect(field(page, 'title').locator('h3').getByText(ALL)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Verder' })).toBeEnabled();
  });
});

test('a double click on the way goes one step', async ({ page, sandbox }) => {
  await look(page, `${sandbox}/feeds/personeel.xml?double`);
  await page.getByRole('button', { name: 'Aanwijzen' }).click({ timeout: 20_000 });
  await place(page, /^naam/).waitFor();
  await page.getByRole('button', { name: 'Verder' }).dblclick();
  await expect(page.getByRole('heading', { name: 'Regels' })).toBeVisible();
  await expect(page).toHaveURL(/step=filter/);
});

test.describe('an address that fails', () => {
  test.use({ expected: /422/ });

  test('takes away what was found before', async ({ page, sandbox }) => {
    await look(page, `${sandbox}/feeds/insights.xml?before`);
    await expect(page.getByRole('button', { name: 'Verder' })).toBeVisible({ timeout: 20_000 });
    await page.getByLabel('Adres').fill(`${sandbox}/bad/empty`);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText('Gelezen als atom')).toBeHidden();
    await expect(page.getByRole('button', { name: 'Verder' })).toBeHidden();
    await expect(page.getByRole('button', { name: 'Publiceren' })).toBeDisabled();
    await look(page, `${sandbox}/feeds/insights.xml?after`);
    await expect(page.getByRole('button', { name: 'Publiceren' })).toBeEnabled({ timeout: 20_000 });
  });
});

test('a field can be chosen first, and undone', async ({ page, sandbox }) => {
  await look(page, `${sandbox}/feeds/personeel.xml?aim`);
  await page.getByRole('button', { name: 'Aanwijzen' }).click({ timeout: 20_000 });
  await pane(page, 'Velden');
  await page.getByRole('button', { name: 'Aanwijzen: Auteur' }).click();
  await expect(page.getByText('Klik op wat bij auteur hoort')).toBeVisible();
  await place(page, /^afdeling/).click();
  await filled(page, 'author', ALL);
  await pane(page, 'Velden');
  await page.getByRole('button', { name: 'Ongedaan maken' }).click();
  await expect(field(page, 'author').getByText('Nog niet aangewezen')).toBeVisible();
});

test('the whole way by keyboard: through the tree, to an attribute, into the menu and back @keyboard', async ({
  page,
  sandbox,
}) => {
  await look(page, `${sandbox}/feeds/personeel.xml?keys`);
  await expect(page.getByRole('button', { name: 'Aanwijzen' })).toBeFocused({ timeout: 20_000 });
  await page.keyboard.press('Enter');
  await place(page, /^naam/).waitFor();
  await place(page, /^personeelsbeheer/).focus();
  const focused = page.locator(':focus');
  await page.keyboard.press('End');
  await expect(focused).toHaveText(/^nog \d × functie$/);
  await page.keyboard.press('Home');
  await expect(focused).toContainText('personeelsbeheer');
  await page.keyboard.press('ArrowRight');
  await expect(focused).toContainText('@versie');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('treeitem')).toHaveCount(2);
  await page.keyboard.press('ArrowRight');
  await expect(place(page, /^naam/)).toBeVisible();
  for (const key of 'nadr') await page.keyboard.press(key);
  await page.keyboard.press('Home');
  await page.keyboard.press('a');
  await expect(focused).toContainText('adres');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(focused).toContainText('@href');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Titel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(focused).toContainText('@href');
  await page.keyboard.press('Enter');
  await page.keyboard.press('l');
  await expect(page.getByRole('menuitem', { name: 'Link' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(field(page, 'link').locator('h3').getByText(ALL)).toBeVisible();
  await expect(focused).toContainText('@href');
  await page.keyboard.press('Control+z');
  await expect(field(page, 'link').getByText('Nog niet aangewezen')).toBeVisible();
});
