import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const WORTH_IT = /\.(?:html|js|css)$/;
const WAYS = { gz: promisify(gzip), br: promisify(brotliCompress) } as const;

/** Lays each page, script and style beside itself in fewer bytes: the server sends what the browser can read of these. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    async writeBundle({ dir = '' }, bundle) {
      for (const name of Object.keys(bundle).filter((one) => WORTH_IT.test(one))) {
        const bytes = await readFile(join(dir, name));
        for (const [ending, compress] of Object.entries(WAYS)) {
          await writeFile(join(dir, `${name}.${ending}`), await compress(bytes));
        }
      }
    },
  };
}
