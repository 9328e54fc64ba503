import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** 256 bits, and a short name by which a backup says with which key it was sealed. */
export interface BackupKey {
  readonly bytes: Buffer;
  readonly id: string;
}

const MARK = 'infolett-backup-key-1:';
const KEY_BYTES = 32;

/** The key cannot be used; the message says why and what to do. */
export class BadBackupKey extends Error {}

/** @returns `null` where there is no key yet. @throws BadBackupKey when the file holds no key */
export async function readBackupKey(file: string): Promise<BackupKey | null> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (isMissing(cause)) return null;
    throw new BadBackupKey(`the backup key ${file} cannot be read: ${String(cause)}`, { cause });
  });
  if (text === null) return null;
  const bytes = Buffer.from(text.trim().replace(MARK, ''), 'base64url');
  if (!text.startsWith(MARK) || bytes.length !== KEY_BYTES) {
    throw new BadBackupKey(`${file} holds no backup key`);
  }
  return { bytes, id: keyId(bytes) };
}

/** The key, made at the first need for its owner's eyes only. Whoever loses it loses every backup. */
export async function backupKey(file: string): Promise<BackupKey> {
  const known = await readBackupKey(file);
  if (known) return known;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const bytes = randomBytes(KEY_BYTES);
    await writeFile(file, `${MARK}${bytes.toString('base64url')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  } catch (cause) {
    if (!isExisting(cause)) throw new BadBackupKey(`no backup key can be made at ${file}: ${String(cause)}`, { cause });
  }
  const made = await readBackupKey(file); // as it is on the disk, also when another process made it meanwhile
  if (!made) throw new BadBackupKey(`no backup key can be made at ${file}`);
  return made;
}

function keyId(bytes: Buffer): string {
  return createHash('sha256').update('infolett backup key').update(bytes).digest('hex').slice(0, 8);
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}

function isExisting(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
}
