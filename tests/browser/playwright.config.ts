import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { defineConfig, devices } from '@playwright/test';

// The demo itself is under test: product and practice LinkedIn on ports of their own, data made anew at each start.
const port = Number(process.env.PORT ?? 4400);
const sandboxPort = Number(process.env.SANDBOX_PORT ?? 4490);
const binary = process.env.KLAROEN_BIN ?? '../../target/debug/klaroen';
const real = resolve(process.env.KLAROEN_REAL_FEEDS ?? '../../../shared/feeds');
const data = join(tmpdir(), `klaroen-browser-tests-${port}`);
const command = [
  `${binary} demo --listen 127.0.0.1:${port} --sandbox-listen 127.0.0.1:${sandboxPort} --data-dir ${data}`,
  existsSync(real) ? `--feeds ${real}` : '',
].join(' ');

// The installed Chromium; nothing is downloaded. The flags keep it from calling home.
const launchOptions = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--font-render-hinting=none',
    '--force-color-profile=srgb',
  ],
};
const desktop = { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 }, launchOptions };
const phone = { ...devices['Pixel 7'], viewport: { width: 360, height: 740 }, launchOptions };

export default defineConfig({
  testDir: '.',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  reporter: process.env.CI
    ? [['line'], ['junit', { outputFile: 'test-results/junit.xml' }], ['./summary.ts']]
    : [['list'], ['./summary.ts']],
  metadata: { sandbox: `http://127.0.0.1:${sandboxPort}` },
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'sign-in', testMatch: 'sign-in.setup.ts', use: desktop },
    { name: 'story', testMatch: 'main.spec.ts', use: desktop, dependencies: ['sign-in'] },
    {
      name: 'desktop',
      testIgnore: 'main.spec.ts',
      grepInvert: /@narrow/,
      use: desktop,
      dependencies: ['sign-in'],
    },
    {
      name: 'phone',
      testIgnore: 'main.spec.ts',
      grepInvert: /@keyboard/,
      use: phone,
      dependencies: ['sign-in'],
    },
    {
      name: 'desktop-dark',
      use: { ...desktop, colorScheme: 'dark' },
      grep: /in nl @screens/,
      dependencies: ['sign-in'],
    },
  ],
  webServer: {
    command,
    url: `http://127.0.0.1:${port}/readyz`,
    reuseExistingServer: !process.env.CI,
    timeout: 60_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
});
