import { emailOf, expect, PASSWORD, type Role, sessionOf, test } from './fixtures.ts';

for (const role of ['employee', 'marketer', 'hr', 'admin'] satisfies Role[]) {
  test(`${role} signs in`, async ({ page }) => {
    await page.goto('/');
    await page.getByLabel('E-mail').fill(emailOf(role));
    await page.getByLabel('Wachtwoord').fill(PASSWORD);
    await page.getByRole('button', { name: 'Inloggen' }).click();
    await expect(page.getByRole('navigation').first()).toBeAttached();
    await page.context().storageState({ path: sessionOf(role) });
  });
}
