import { expect, SHARE, test } from './fixtures.ts';

const LINE = 'Ik werk bij Voorbeeld Energie.';

test.describe('admin', () => {
  test.use({ role: 'admin', expected: /409|422/ });

  test('the rules say what is wrong with them, show an example, and are kept', async ({ page, axe }, info) => {
    await page.goto('/admin/organisation');
    const template = page.getByLabel('Toevoegingen', { exact: true });
    const before = await template.inputValue();
    await template.fill('utm_source={naam}');
    await expect(page.getByRole('alert')).toHaveText(
      '{naam} bestaat niet. Er zijn {network}, {topic}, {feed} en {post}. Bij teken 12.',
    );
    await template.fill('lang=nl&utm_source={network}&utm_content={post}');
    await expect(
      page.getByText('?lang=en&utm_source=linkedin&utm_content=we-are-hiring#team', { exact: false }),
    ).toBeVisible();
    await template.fill(before);
    await expect(page.getByLabel('Naam van de pagina')).toHaveValue('Voorbeeld Energie');
    await expect(page.getByLabel('Nummer van de pagina')).toHaveValue('2414183');
    await page.getByLabel('In het Engels').fill('');
    await page.getByLabel('Sites waar links heen mogen').fill('https://voorbeeld.nl');
    await page.getByRole('button', { name: 'Bewaren' }).click();
    await expect(page.getByText('2 velden kloppen nog niet.')).toBeVisible();
    await expect(page.getByLabel('In het Engels')).toBeFocused();
    await expect(page.getByText('“https://voorbeeld.nl” is geen site.')).toBeVisible();
    await axe(page);
    await page.screenshot({ path: info.outputPath('refused.png'), fullPage: true });
    await page.getByLabel('In het Engels').fill('I work at Voorbeeld Energie.');
    await page.getByLabel('Sites waar links heen mogen').fill('');
    await page.getByRole('button', { name: 'Bewaren' }).click();
    await expect(page.getByText('Bewaard. Het geldt vanaf nu.')).toBeVisible();
    await page.reload();
    await expect(page.getByLabel('In het Nederlands')).toHaveValue(LINE);
    await page.screenshot({ path: info.outputPath('saved.png'), fullPage: true });
  });

  test('what another admin changed meanwhile is not undone, and nothing typed is lost', async ({ page, axe }, info) => {
    const version = (await (await page.request.get('/api/organisation')).json()).version;
    const before = {
      disclosure: { nl: LINE, en: 'Before.' },
      page: null,
      utm_template: 'utm_source=before',
      link_hosts: [],
      version: version - 1,
    };
    const lines = { nl: LINE, en: 'I am with Voorbeeld Energie.' };
    const now = { ...before, disclosure: lines, utm_template: 'utm_source=theirs', version };
    // The page was opened before the other admin saved; the refusal is the server's own.
    let reads = 0;
    const saved: { version: number; utm_template: string }[] = [];
    await page.route('**/api/organisation', async route => {
      if (route.request().method() === 'GET') return route.fulfill({ json: reads++ === 0 ? before : now });
      saved.push(route.request().postDataJSON());
      return saved.length === 1 ? route.continue() : route.fulfill({ json: { ...now, version: version + 1 } });
    });
    await page.goto('/admin/organisation');
    const template = page.getByLabel('Toevoegingen', { exact: true });
    await expect(template).toHaveValue('utm_source=before');
    await template.fill('utm_source=mine');
    await page.getByRole('button', { name: 'Bewaren' }).click();
    await expect(page.getByText('Toevoegingen: zij schreven “utm_source=theirs”.')).toBeVisible();
    await expect(page.getByLabel('In het Engels')).toHaveValue(lines.en);
    await expect(template).toHaveValue('utm_source=mine');
    await axe(page);
    await page.screenshot({ path: info.outputPath('meanwhile.png'), fullPage: true });
    await page.getByRole('button', { name: 'Bewaren' }).click();
    await expect(page.getByText('Bewaard. Het geldt vanaf nu.')).toBeVisible();
    expect(saved.map(rules => [rules.version, rules.utm_template])).toEqual([
      [version - 1, 'utm_source=mine'],
      [version, 'utm_source=mine'],
    ]);
  });
});

test.describe('employee', () => {
  test.use({ role: 'employee' });

  test('the line of the organisation stands below every text and cannot be left out', async ({ page }, info) => {
    await page.goto('/');
    await page
      .getByRole('button', { name: SHARE })
      .last()
      .click();
    const dialog = page.getByRole('dialog');
    const added = dialog.getByText('Je organisatie zet deze regel onder je tekst, overal:');
    await expect(added).toContainText(LINE);
    await expect(dialog.locator('article')).toContainText(LINE);
    await dialog.getByRole('button', { name: 'Bewerken' }).click();
    const editor = dialog.getByLabel('Jouw tekst');
    await expect(editor).not.toHaveValue(/Ik werk bij/);
    await page.screenshot({ path: info.outputPath('editing.png') });
    await editor.fill(`Kom kijken. ${LINE}`);
    await expect(added).toBeHidden();
    await editor.fill('Kom kijken.');
    await dialog.getByRole('button', { name: 'Klaar' }).click();
    await expect(dialog.locator('article')).toContainText(`Kom kijken.\n\n${LINE}`, { useInnerText: true });
    await added.scrollIntoViewIfNeeded();
    await page.screenshot({ path: info.outputPath('dialog.png') });
    // The one when an account is connected, the other when none is: another test may connect it meanwhile.
    await dialog.getByRole('button', { name: /^(Ik heb het zelf al gedeeld|Zelf delen)$/ }).click();
    await expect(dialog.getByText(LINE)).toBeVisible();
    await page.screenshot({ path: info.outputPath('by-hand.png') });
  });
});
