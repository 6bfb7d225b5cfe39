import { expect, test } from './fixtures.ts';

test.describe('nobody is signed in', () => {
  test.use({ expected: /401|409/ });

  test('a wrong password is said in words, in the language of the browser', async ({ page }) => {
    await page.goto('/year');
    await page.getByLabel('E-mail').fill('employee@demo.test');
    await page.getByLabel('Wachtwoord').fill('not the password');
    await page.getByRole('button', { name: 'Inloggen' }).click();
    await expect(page.getByRole('alert')).toHaveText('Dit e-mailadres en wachtwoord horen niet bij elkaar.');
    await page.getByRole('button', { name: 'English' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });

  test('a used set-up link and a gone invitation say so', async ({ page }) => {
    await page.goto('/setup#used');
    await expect(page.getByText('Klaroen is al ingericht. Log in.')).toBeVisible();
    await page.goto('/invite#gone');
    await expect(page.getByRole('heading', { name: 'Deze uitnodiging werkt niet meer' })).toBeVisible();
  });
});

test.describe('an employee', () => {
  test.use({ role: 'employee' });

  test('sees only the own sections, and a clear page elsewhere', async ({ page }) => {
    await page.goto('/hr/year');
    await expect(page.getByRole('heading', { name: 'Deze pagina hoort niet bij jouw rol' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Feeds' })).toHaveCount(0);
    await page.goto('/nowhere');
    await expect(page.getByRole('heading', { name: 'Deze pagina is er niet' })).toBeVisible();
  });
});
