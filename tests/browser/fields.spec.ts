import { expect, test } from './fixtures.ts';

test.use({ role: 'marketer', expected: /422/ });

test('a name that is too long is counted and refused at its field, and never cut', async ({ page, feed }, info) => {
  await page.goto(feed.page);
  const name = page.getByLabel('Naam', { exact: true });
  await name.fill('x'.repeat(201));
  await expect(name).toHaveValue('x'.repeat(201));
  await expect(page.getByText('Dit mag hoogstens 200 tekens hebben.')).toBeVisible();
  await expect(page.getByText('-1', { exact: true })).toBeVisible();
  await page.screenshot({ path: info.outputPath('name.png') });
  await name.fill('x'.repeat(101));
  await expect(page.getByText('99', { exact: true })).toBeVisible();
});

test('a link that is live already is told, and a refusal stands at its caption or link', async ({ page }, info) => {
  await page.goto('/');
  const live = await (await page.request.get('/api/library?state=live')).json();
  const [post] = live.items;
  await page.goto('/marketing/posts/new');
  await page.getByLabel('Link', { exact: true }).fill(post.link);
  await expect(page.getByText('Deze link staat al live, in')).toBeVisible();
  await expect(page.getByRole('link', { name: post.title })).toHaveAttribute('href', /state=live&q=/);
  await page.getByLabel('Titel', { exact: true }).fill('Nog eens');
  await page.getByLabel('Onderwerp', { exact: true }).selectOption({ label: 'Nieuws' });
  await page.getByRole('button', { name: 'Tekst toevoegen' }).click();
  await page.getByLabel('Tekst 2', { exact: true }).fill('x'.repeat(3001));
  await page.getByRole('button', { name: 'Bewaren als concept' }).click();
  await expect(page.getByLabel('Tekst 2', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Tekst 1', { exact: true })).not.toHaveAttribute('aria-invalid', 'true');
  await page.screenshot({ path: info.outputPath('caption.png'), fullPage: true });
  await page.getByLabel('Tekst 2', { exact: true }).fill('Kort');
  await page.getByLabel('Link', { exact: true }).fill('http://example.com/');
  await page.getByRole('button', { name: 'Bewaren als concept' }).click();
  await expect(page.getByLabel('Link', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('Deze link staat al live, in')).toBeHidden();
});

test('an item whose link is live in another post says so before it is offered', async ({ page, feed }, info) => {
  await page.goto(feed.page);
  await expect(page.locator('[data-item]').first()).toBeVisible();
  const told = page.locator('[data-item]').filter({ hasText: 'Deze link staat al live, in' }).first();
  await expect(told).toBeVisible();
  await expect(told.getByRole('button', { name: /^Aanbieden: / })).toBeEnabled();
  await page.screenshot({ path: info.outputPath('item.png') });
});
