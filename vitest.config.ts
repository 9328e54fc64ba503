import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM } from './tests/support/chromium.ts';

/** Measures wait for hundreds of frames; nobody watches, so none has to wait for a screen. */
const FRAMES_AT_ONCE = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];

/** Two projects: with the Svelte plugin applied to all, socket.io's server would not start. */
export default defineConfig({
  test: {
    // much of the time a test waits for a disk, a socket or a frame, so both cores are kept busy
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'node',
          include: ['tests/unit/**/*.test.ts'],
          environment: 'node',
          // guards against hanging only: a busy machine may be slow, and slow is not wrong
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [svelte({ configFile: false })],
        cacheDir: 'node_modules/.vite/components',
        test: {
          name: 'components',
          include: ['tests/components/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { ...CHROMIUM, args: [...CHROMIUM.args, ...FRAMES_AT_ONCE] } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
