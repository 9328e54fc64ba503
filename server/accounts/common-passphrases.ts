import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { assert } from '../basics/assert.ts';

let known: Promise<ReadonlySet<string>> | null = null;

/**
 * The 49,233 commonest passwords, small letters. Read when the first passphrase is set: an office that only signs in
 * never holds them.
 *
 * @source npm `@zxcvbn-ts/language-common` 4.1.3 (MIT licence), list `passwords`
 */
export function commonPassphrases(): Promise<ReadonlySet<string>> {
  known ??= read();
  return known;
}

async function read(): Promise<ReadonlySet<string>> {
  const path = fileURLToPath(import.meta.resolve('@zxcvbn-ts/language-common/src/passwords.json'));
  const list: unknown = JSON.parse(await readFile(path, 'utf8'));
  assert(Array.isArray(list) && list.every((one) => typeof one === 'string'), 'the list is one of words');
  return new Set(list);
}
