import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test.use({ role: 'marketer' });

async function openFilter(page: Page, feed: { page: string }) {
  await page.goto(feed.page);
  await page.getByRole('link', { name: 'Filter wijzigen' }).click();
  await expect(page.getByText(/^\d+ van \d+ items gaan door/)).toBeVisible();
}

const counts = async (page: Page) => {
  const [pass, all] = ((await page.getByText(/items? gaan? door/).textContent()) ?? '').match(/\d+/g) ?? [];
  return { pass: Number(pass), all: Number(all) };
};

test('rules are sentences, are tried as they are written, and are kept', async ({ page, feed }) => {
  await openFilter(page, feed);
  const before = await counts(page);
  const first = page.locator('[data-outcome]').first();
  const title = (await first.getByRole('heading').textContent()) ?? '';
  const word = /\p{L}{5,}/u.exec(title)?.[0] ?? title;

  await page.getByRole('button', { name: 'Regel toevoegen' }).click();
  await expect(page.getByText('Vul in wat nog leeg is, dan zie je wat de regels doen.')).toBeVisible();
  await page.getByLabel('Waarnaar je zoekt').fill(word);
  await expect(
    page.getByRole('button', { name: `Als dit klopt: de titel heeft het woord “${word}”` }),
  ).toBeVisible();
  await expect(first.getByText('Valt weg', { exact: true })).toBeVisible();
  await expect(first).toContainText(`Valt weg door regel 1: de titel heeft het woord “${word}”.`);
  expect((await counts(page)).pass).toBeLessThan(before.pass);

  await page.getByRole('button', { name: /^Weg \d+$/ }).click();
  await expect(page.locator('[data-outcome="keep"]')).toHaveCount(0);
  await page.getByRole('button', { name: /^Alles \d+$/ }).click();

  await page.reload();
  await page.getByRole('button', { name: /^Regel 1/ }).first().click();
  await page.getByLabel('Wat er gebeurt').selectOption({ label: 'vraag het eerst' });
  await expect(first).toContainText('Wacht op goedkeuring door regel 1');
  await page.getByLabel('Naam', { exact: false }).fill('Eerst kijken');
  await page.getByRole('button', { name: 'Filter bewaren' }).click();
  const summary = page.getByRole('region', { name: 'Filter' });
  await expect(summary.getByRole('listitem')).toHaveText(
    `Eerst kijken: Als dit klopt: de titel heeft het woord “${word}” → vraag het eerst`,
  );

  await summary.getByRole('link', { name: 'Filter wijzigen' }).click();
  await page.getByRole('button', { name: 'Regel 1 verwijderen' }).click();
  await expect(page.getByRole('button', { name: 'Regel toevoegen' })).toBeFocused();
  await page.getByRole('button', { name: 'Ongedaan maken' }).click();
  await expect(page.locator('[data-rule]')).toHaveCount(1);
  await page.getByRole('button', { name: 'Regel 1 verwijderen' }).click();
  await page.getByRole('button', { name: 'Filter bewaren' }).click();
  await expect(summary.getByText('Geen filter: elk nieuw item gaat door.')).toBeVisible();
});

test('every kind of condition reads as a sentence', async ({ page, feed }) => {
  await openFilter(page, feed);
  await page.getByRole('button', { name: 'Regel toevoegen' }).click();
  const sentence = page.locator('[data-rule="0"] button[aria-expanded]');
  const subject = page.getByLabel('Kijk naar');
  for (const [label, kind, value, says] of [
    ['Tekst', 'begint met', 'Wij', 'de tekst begint met “Wij”'],
    ['Auteur', 'is precies', 'Redactie', 'de auteur is “Redactie”'],
    ['Link', 'heeft de tekst', 'nieuws', 'in de link staat “nieuws”'],
    ['Titel', 'past op het patroon', '(?i)zon|wind', 'de titel past op (?i)zon|wind'],
    ['Categorie', 'is', 'Werk', 'een categorie is “Werk”'],
  ] as const) {
    await subject.selectOption({ label });
    await page.getByLabel('Hoe', { exact: true }).selectOption({ label: kind });
    await page.getByLabel(/^(Waarnaar je zoekt|Patroon|Categorie)$/).fill(value);
    await expect(sentence).toContainText(`Als dit klopt: ${says}`);
  }
  await subject.selectOption({ label: 'Datum' });
  await page.getByLabel('Dagen', { exact: true }).fill('1');
  await expect(sentence).toContainText('het is ouder dan 1 dag');
  await subject.selectOption({ label: 'Taal' });
  await page.getByLabel('Taal', { exact: true }).selectOption({ label: 'Engels' });
  await expect(sentence).toContainText('het is in het Engels');
  await subject.selectOption({ label: 'YouTube Short' });
  await expect(sentence).toContainText('het is een YouTube Short');
  await subject.selectOption({ label: 'Plaatje' });
  await page.getByRole('radio', { name: 'Niets klopt' }).check();
  await expect(sentence).toContainText('het heeft geen plaatje');
  await expect(page.getByText(/items? gaan? door/)).toBeVisible();

  await page.getByRole('button', { name: 'Groep toevoegen' }).click();
  const group = page.getByRole('group', { name: 'Groep' });
  await group.getByLabel('Kijk naar').selectOption({ label: 'XPath…' });
  await group.getByLabel('XPath', { exact: true }).fill('title');
  await group.getByLabel('Waarnaar je zoekt').fill('energie');
  await expect(sentence).toContainText('wat title vindt heeft het woord “energie”');

  await page.getByLabel('Wat er gebeurt').selectOption({ label: 'geef het onderwerp' });
  await page.getByLabel('Onderwerp', { exact: true }).selectOption({ label: 'Product' });
  await expect(sentence).toContainText('→ onderwerp Product');
  await page.getByLabel('Wat er gebeurt').selectOption({ label: 'alleen voor de teams' });
  await page.getByRole('checkbox', { name: 'Sales' }).check();
  await expect(sentence).toContainText('→ alleen voor Sales');
  await expect(page.locator('[data-outcome]').first()).toBeVisible();
});

test.describe('what is wrong is said at its place', () => {
  test.use({ expected: /422/ });

  test('a pattern, an XPath, and what was left empty', async ({ page, feed }) => {
    await openFilter(page, feed);
    await page.getByRole('button', { name: 'Regel toevoegen' }).click();
    await page.getByLabel('Hoe', { exact: true }).selectOption({ label: 'past op het patroon' });
    const pattern = page.getByLabel('Patroon');
    await pattern.fill('(');
    await expect(pattern).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByRole('alert')).toContainText('Dit patroon klopt niet.');
    await pattern.fill('(?i)energie');
    await expect(pattern).not.toHaveAttribute('aria-invalid', 'true');

    await page.getByLabel('Kijk naar').selectOption({ label: 'XPath…' });
    await page.getByLabel('XPath', { exact: true }).fill('title[');
    await expect(page.getByLabel('XPath', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByRole('alert')).toContainText('Deze XPath klopt niet. Kijk bij teken');
    await page.getByLabel('XPath', { exact: true }).fill('title');

    await page.getByRole('button', { name: 'Regel toevoegen' }).click();
    await page.getByRole('button', { name: 'Filter bewaren' }).click();
    const empty = page.locator('[data-rule="1"]').getByLabel('Waarnaar je zoekt');
    await expect(empty).toBeFocused();
    await expect(empty).toHaveAttribute('aria-invalid', 'true');
    await expect(page).toHaveURL(/\/filter$/);
  });
});

test('rules move with the keyboard alone, and the focus stays on them @keyboard', async ({ page, feed }) => {
  await openFilter(page, feed);
  for (const word of ['eerst', 'tweede']) {
    await page.getByRole('button', { name: 'Regel toevoegen' }).press('Enter');
    const rule = page.locator('[data-rule]').last();
    await rule.getByLabel('Waarnaar je zoekt').fill(word);
    await rule.getByRole('button', { name: 'Klaar' }).press('Enter');
  }
  const second = page.getByRole('button', { name: /“tweede”/ });
  await second.focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.locator('[data-rule="0"]')).toContainText('“tweede”');
  await expect(second).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Dit is nu regel 1.' })).toBeAttached();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.locator('[data-rule="1"]')).toContainText('“tweede”');
  await expect(second).toBeFocused();
  await page.getByRole('button', { name: 'Regel 2 omhoog' }).press('Space');
  await expect(page.locator('[data-rule="0"]')).toContainText('“tweede”');
});
