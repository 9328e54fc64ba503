import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { BackupKey } from './backup-key.ts';

/**
 * A sealed backup: one line of mark, one line of JSON about it (readable, sealed too), then the packed content under
 * AES-256-GCM, then the 16 bytes of its seal. The content is a line of JSON with what lies beside the database, and the
 * database itself.
 */
const MARK = 'infolett-backup-1\n';
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const SEAL_BYTES = 16;
const HEADER_AT_MOST = 4096;
const NEW_LINE = 0x0a;

/** What a backup says about itself without its key. */
export interface BackupHeader {
  readonly madeAt: string;
  readonly keyId: string;
  readonly nonce: string;
  /** The end of the journal in it. */
  readonly seq: number;
  readonly hash: string;
}

/** What lies beside the database and belongs to it. */
export interface Beside {
  /** The secret of the phone tickets' codes (base64url); `null`: there was none. */
  readonly officeSecret: string | null;
}

/** A backup that cannot be used: sealed with another key, changed, cut short, or none at all. */
export class BadBackup extends Error {
  readonly why: 'not-a-backup' | 'other-key' | 'tampered';

  constructor(why: BadBackup['why'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.why = why;
  }
}

/** Seals a database file into a new backup file, flushed. */
export async function sealBackup(
  from: string,
  to: string,
  about: Omit<BackupHeader, 'keyId' | 'nonce'>,
  beside: Beside,
  key: BackupKey,
): Promise<void> {
  const nonce = randomBytes(NONCE_BYTES);
  const header: BackupHeader = { ...about, keyId: key.id, nonce: nonce.toString('base64url') };
  const head = Buffer.from(`${MARK}${JSON.stringify(header)}\n`);
  const cipher = createCipheriv(CIPHER, key.bytes, nonce).setAAD(head);
  const target = createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true });
  target.write(head);
  await pipeline(content(from, beside), createGzip({ level: 1 }), cipher, target, { end: false });
  await new Promise<void>((resolve, reject) => {
    target.once('error', reject);
    target.end(cipher.getAuthTag(), () => resolve());
  });
}

/** What a file says about itself. @throws BadBackup when it is no backup */
export async function backupHeader(file: string): Promise<BackupHeader> {
  return (await readHead(file)).header;
}

/**
 * Opens a sealed backup into a database file. The seal is checked over the whole file before a byte of it is believed.
 *
 * @throws BadBackup
 */
export async function openBackup(file: string, to: string, key: BackupKey): Promise<BackupHeader & Beside> {
  const { header, head } = await readHead(file);
  if (header.keyId !== key.id) {
    throw new BadBackup('other-key', `${file} was sealed with key ${header.keyId}; the key at hand is ${key.id}`);
  }
  const end = (await stat(file)).size - SEAL_BYTES;
  const seal = await lastBytes(file, end);
  const opened = (): Readable => {
    const decipher = createDecipheriv(CIPHER, key.bytes, Buffer.from(header.nonce, 'base64url'));
    decipher.setAAD(head).setAuthTag(seal);
    const sealed = createReadStream(file, { start: head.length, end: end - 1 });
    sealed.once('error', (cause) => decipher.destroy(cause));
    return sealed.pipe(decipher);
  };
  try {
    await pipeline(opened(), new Writable({ write: (_chunk, _encoding, done) => done() }));
  } catch (cause) {
    throw new BadBackup('tampered', `${file} is not as it was made: its seal does not fit`, { cause });
  }
  const splitting = new Splitting();
  await pipeline(opened(), createGunzip(), splitting, createWriteStream(to, { mode: 0o600, flush: true }));
  return { ...header, ...(JSON.parse(splitting.firstLine) as Beside) };
}

async function* content(from: string, beside: Beside): AsyncGenerator<Buffer> {
  yield Buffer.from(`${JSON.stringify(beside)}\n`);
  for await (const chunk of createReadStream(from) as AsyncIterable<Buffer>) yield chunk;
}

async function readHead(file: string): Promise<{ readonly header: BackupHeader; readonly head: Buffer }> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_AT_MOST), 0, HEADER_AT_MOST, 0);
    const end = buffer.indexOf(NEW_LINE, MARK.length);
    const isOurs = bytesRead > SEAL_BYTES && buffer.toString('utf8', 0, MARK.length) === MARK && end > 0;
    if (!isOurs) throw new BadBackup('not-a-backup', `${file} is no backup of this product`);
    const header = JSON.parse(buffer.toString('utf8', MARK.length, end)) as BackupHeader;
    return { header, head: Buffer.from(buffer.subarray(0, end + 1)) };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new BadBackup('tampered', `${file} is not as it was made: its first lines cannot be read`, { cause });
  } finally {
    await handle.close();
  }
}

async function lastBytes(file: string, from: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SEAL_BYTES), 0, SEAL_BYTES, Math.max(0, from));
    if (bytesRead !== SEAL_BYTES) throw new BadBackup('tampered', `${file} was cut short`);
    return buffer;
  } finally {
    await handle.close();
  }
}

/** Keeps the first line to itself and lets the rest through. */
class Splitting extends Transform {
  firstLine = '';
  #isInFirst = true;

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error: Error | null, data?: Buffer) => void,
  ): void {
    if (!this.#isInFirst) {
      done(null, chunk);
      return;
    }
    const end = chunk.indexOf(NEW_LINE);
    this.firstLine += chunk.toString('utf8', 0, end < 0 ? chunk.length : end);
    this.#isInFirst = end < 0;
    if (end < 0) done(null);
    else done(null, chunk.subarray(end + 1));
  }
}
