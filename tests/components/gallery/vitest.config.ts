import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM } from '../../support/chromium.ts';

/** `npm run gallery`: pictures for people to look at, not tests; so they are no part of `npm test`. */
export default defineConfig({
  plugins: [svelte({ configFile: false })],
  cacheDir: 'node_modules/.vite/gallery',
  test: {
    name: 'gallery',
    include: ['tests/components/gallery/**/*.pictures.ts'],
    testTimeout: 300_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: CHROMIUM }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
