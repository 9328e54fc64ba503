import { defineConfig } from '@playwright/test';
import { CHROMIUM } from './tests/support/chromium.ts';

/** Journeys through the real office in a real browser. Every test starts an office of its own. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/journeys',
  forbidOnly: process.env.CI === 'true',
  // on two cores: a journey mostly waits for voices, timers and answers
  workers: 3,
  fullyParallel: true,
  // guards against hanging only: a busy machine may be slow, and slow is not wrong
  timeout: 300_000,
  expect: { timeout: 20_000 },
  reporter: [['line']],
  use: { launchOptions: CHROMIUM, locale: 'et-EE', timezoneId: 'Europe/Tallinn', actionTimeout: 20_000 },
});
