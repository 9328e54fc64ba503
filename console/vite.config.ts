import { resolve } from 'node:path';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

const out = resolve(import.meta.dirname, '../build/console');

/** The staff surface, signed in, at /console/. */
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '../node_modules/.vite/console',
  plugins: [
    sveltekit({
      adapter: adapter({ pages: out, assets: out, precompress: true }),
      paths: { base: '/console' },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'img-src': ['self', 'data:'],
          'style-src': ['self', 'unsafe-inline'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'require-trusted-types-for': ['script'],
          'trusted-types': ['svelte-trusted-html', 'infolett'],
          'form-action': ['self'],
        },
      },
    }),
  ],
});
