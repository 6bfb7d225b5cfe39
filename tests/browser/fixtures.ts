import AxeBuilder from '@axe-core/playwright';
import { type Browser, test as base, expect, type Page } from '@playwright/test';

export type Role = 'employee' | 'marketer' | 'hr' | 'admin';
export type Lang = 'nl' | 'en';

export const PASSWORD = 'klaroen-demo-2026';
export const emailOf = (role: Role) => `${role}@demo.test`;
/** Where the sessions of the four demo people are kept between tests. */
export const sessionOf = (role: Role) => `test-results/sessions/${role}.json`;

/** Demo people whom one test alone signs in as and changes, in each project; no number stands here twice. */
const own = {
  author: { desktop: 15, phone: 17 },
  colleague: { desktop: 19, phone: 18 },
  declarer: { desktop: 20, phone: 30 },
  networks: { desktop: 21, phone: 22 },
  back: { desktop: 23, phone: 25 },
  renew: { desktop: 26, phone: 27 },
  looks: { desktop: 28, phone: 29 },
  turns: { desktop: 31, phone: 32 },
  unknown: { desktop: 33, phone: 34 },
};

/** The button that shares a post; not one that another test is about to withdraw. */
export const SHARE = /^Delen: (?!Ingetrokken|Geschreven voor|Dubbel geklikt)/;

/** The number of a person of this test and project alone, so that it can run beside the others. */
export function ownNumber(who: keyof typeof own, project: string): number {
  if (project !== 'desktop' && project !== 'phone') throw new Error(`nobody is set apart for ${project}`);
  return own[who][project];
}

type Options = {
  /** Whose session the page starts with; null is nobody. */
  role: Role | null;
  /** The language of the person, whatever the server has stored. */
  lang: Lang;
  /** Where in the sandbox the test's own feed comes from. */
  shelf: 'nieuws' | 'insights' | 'vacatures';
  /** Console errors that this test causes on purpose. */
  expected: RegExp | null;
};

type Fixtures = {
  guard: undefined;
  /** A feed of the test's own, so that tests can run side by side; it goes with the test. */
  feed: { title: string; page: string };
  sandbox: string;
  axe: (page: Page, exclude?: string) => Promise<void>;
};

/** Every test fails on a console error, a page error, or a request that leaves product and sandbox. */
export const test = base.extend<Options & Fixtures>({
  role: [null, { option: true }],
  lang: ['nl', { option: true }],
  shelf: ['nieuws', { option: true }],
  expected: [null, { option: true }],

  storageState: async ({ role }, use) => {
    await use(role ? sessionOf(role) : { cookies: [], origins: [] });
  },

  sandbox: async ({ browserName: _ }, use, info) => {
    await use(info.config.metadata.sandbox as string);
  },

  guard: [
    async ({ page, context, baseURL, sandbox, expected, lang }, use) => {
      const bad: string[] = [];
      // Asking who is signed in answers 401 when nobody is; the browser always prints that.
      const known = [/401.*\/api\/session/, ...(expected ? [expected] : [])];
      page.on('console', message => {
        const line = `console: ${message.text()} ${message.location().url}`;
        if (message.type() === 'error' && !known.some(pattern => pattern.test(line))) bad.push(line);
      });
      page.on('pageerror', error => bad.push(`page: ${error.message}`));
      await context.route('**', route => {
        const url = new URL(route.request().url());
        const home = [new URL(baseURL ?? '').origin, new URL(sandbox).origin];
        if (!url.protocol.startsWith('http') || home.includes(url.origin)) return route.fallback();
        bad.push(`external: ${url}`);
        return route.abort();
      });
      await speak(page, lang);
      await use(undefined);
      expect(bad, 'errors seen in the page').toEqual([]);
    },
    { auto: true },
  ],

  feed: async ({ page, baseURL, sandbox, shelf }, use, info) => {
    const headers = { 'x-klaroen': '1', origin: baseURL ?? '' };
    const title = `${info.title.slice(0, 40)} (${info.project.name})`;
    const address = `${sandbox}/feeds/${shelf}.xml?for=${info.testId}`;
    const [topic] = await (await page.request.get('/api/topics')).json();
    const data = { address, title, topic_id: topic.id, publish: 'review' };
    const answer = await page.request.post('/api/feeds', { headers, data });
    expect(answer.ok(), await answer.text()).toBe(true);
    const { id } = await answer.json();
    await use({ title, page: `/marketing/feeds/${id}` });
    await page.request.delete(`/api/feeds/${id}`, { headers, data: {} });
  },

  axe: async ({ browserName: _ }, use) => {
    await use(async (page, exclude) => {
      let builder = new AxeBuilder({ page }).withTags([
        'wcag2a',
        'wcag2aa',
        'wcag21a',
        'wcag21aa',
        'wcag22aa',
      ]);
      if (exclude) builder = builder.exclude(exclude);
      const { violations } = await builder.analyze();
      expect(violations.map(v => `${v.id} ×${v.nodes.length}: ${v.nodes[0]?.target}`)).toEqual([]);
    });
  },
});

/** The app asks for its language with the session; here the answer says another one, so tests can run side by side. */
async function speak(page: Page, lang: Lang) {
  await page.route('**/api/session', async route => {
    if (route.request().method() !== 'GET') return route.fallback();
    const response = await route.fetch();
    if (!response.ok()) return route.fulfill({ response });
    const session = await response.json();
    return route.fulfill({ response, json: { ...session, person: { ...session.person, language: lang } } });
  });
}

/** Signs the page's visitor in as the employee of this number. */
export async function signIn(page: Page, number: number) {
  await page.goto('/');
  await page.getByLabel('E-mail').fill(`employee0${number}@demo.test`);
  await page.getByLabel('Wachtwoord', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await expect(page.getByRole('heading', { name: 'Voor jou' })).toBeVisible();
}

/** Connects the practice member of this number at LinkedIn. */
export async function connectLinkedIn(page: Page, number: number) {
  await page.goto('/me');
  await page.getByRole('button', { name: 'Verbind LinkedIn' }).click();
  await page.getByLabel('Sign in as').selectOption({ value: String(number) });
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByRole('button', { name: 'Ja, verbinden' }).click();
  await expect(page.locator('[data-network="linkedin"]').getByText('Verbonden als')).toBeVisible();
}

/** Where a post is found however many other tests bring out meanwhile. */
export const home = (title: string) => `/?q=${encodeURIComponent(title)}`;

/** A post of the test's own, live at once. */
export async function offer(marketer: Page, baseURL: string | undefined, title: string) {
  const [topic] = await (await marketer.request.get('/api/topics')).json();
  const answer = await marketer.request.post('/api/posts', {
    headers: { 'x-klaroen': '1', origin: baseURL ?? '' },
    data: { title, link: 'https://example.com/', topic_id: topic.id, captions: [], state: 'live' },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** A second person in a window of its own. */
export async function as(browser: Browser, role: Role, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext({
    storageState: sessionOf(role),
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    viewport: { width: 1280, height: 800 },
    ...(baseURL ? { baseURL } : {}),
  });
  const page = await context.newPage();
  await speak(page, 'nl');
  return page;
}

export { expect };
