import { resolve } from 'node:path';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

const out = resolve(import.meta.dirname, '../build/kiosk');

/** Public surfaces: kiosk `/` and display `/display` are pages made at build time; the phone ticket's address is not known then. */
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '../node_modules/.vite/kiosk',
  plugins: [
    sveltekit({
      adapter: adapter({ pages: out, assets: out, fallback: 'phone.html', precompress: true }),
      // Registered by the root layout, on the office's own devices only.
      serviceWorker: { register: false },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'img-src': ['self', 'data:'],
          'style-src': ['self', 'unsafe-inline'],
          // what the kiosk says is fetched once and played from memory, also without the office
          'media-src': ['self', 'blob:'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'require-trusted-types-for': ['script'],
          'trusted-types': ['svelte-trusted-html', 'infolett'],
          'form-action': ['none'],
        },
      },
    }),
  ],
});
