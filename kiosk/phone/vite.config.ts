import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { compressed } from './compressed.ts';

/**
 * The phone ticket as a page of its own, without the router of the kiosk app: old phones on slow lines load it. Built after
 * the kiosk, into the same folder, in place of the app's page for unknown addresses. The public page of waits stands beside it.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  cacheDir: '../../node_modules/.vite/phone',
  plugins: [svelte({ configFile: false }), compressed()],
  build: {
    // phones of 2020 and later: what a visitor has need not be new
    target: ['chrome80', 'safari14', 'firefox78'],
    outDir: resolve(import.meta.dirname, '../../build/kiosk'),
    emptyOutDir: false,
    assetsDir: '_app/immutable/phone',
    copyPublicDir: false,
    rolldownOptions: { input: ['phone.html', 'waiting.html'].map((page) => resolve(import.meta.dirname, page)) },
  },
});
