import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Outage } from './basics/outage.ts';
import { replaceFile } from './store/flushed-file.ts';
import { orOutage } from './store/outages.ts';

const SECRET_BYTES = 32;

/**
 * 256 random bits that only this office knows, made at its first start.
 *
 * @throws Outage when it cannot be read or kept, or is not what was kept: codes on paper would open nothing any more
 */
export async function officeSecret(dataDir: string): Promise<Buffer> {
  const path = join(dataDir, 'office.secret');
  const text = await orOutage(readFile(path, 'utf8').catch(whenMissing));
  // An empty file is what a power cut leaves of the very first start: nobody has a code yet.
  if (text === '') {
    const secret = randomBytes(SECRET_BYTES);
    await orOutage(replaceFile(path, secret.toString('base64url')));
    return secret;
  }
  const secret = Buffer.from(text, 'base64url');
  if (secret.length !== SECRET_BYTES) {
    throw new Outage(`${path} is damaged: put the one of the newest backup back (npm run restore), or delete it`);
  }
  return secret;
}

function whenMissing(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return '';
  throw cause;
}
