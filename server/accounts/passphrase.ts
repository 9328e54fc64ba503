import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Turns } from '../basics/turns.ts';

const derive = promisify(argon2);

/** argon2id with 19 MiB, two passes, one lane: the least that OWASP's password storage sheet asks for. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const SALT_BYTES = 16;
const TAG_BYTES = 32;

/** Whoever waits longer than this for a turn is refused: an attacker may not stall the office. */
const TURN_WITHIN_MS = 10_000;
/** At most two hashes at a time, however many sign in at once. */
const lanes = [new Turns(TURN_WITHIN_MS), new Turns(TURN_WITHIN_MS)];
let next = 0;

export const PASSPHRASE_AT_LEAST = 12;
export const PASSPHRASE_AT_MOST = 200;

/** @returns `argon2id$salt$tag`, both base64url */
export async function hashPassphrase(passphrase: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return `argon2id$${salt.toString('base64url')}$${(await tagOf(passphrase, salt)).toString('base64url')}`;
}

/** Takes the same time whether or not there is an account (`hash` is `null`): the answer tells nothing else. */
export async function isPassphrase(passphrase: string, hash: string | null): Promise<boolean> {
  const [, salt = '', tag = ''] = (hash ?? '').split('$');
  const made = await tagOf(passphrase, salt === '' ? Buffer.alloc(SALT_BYTES) : Buffer.from(salt, 'base64url'));
  const known = Buffer.from(tag, 'base64url');
  return hash !== null && known.length === made.length && timingSafeEqual(known, made);
}

function tagOf(passphrase: string, nonce: Buffer): Promise<Buffer> {
  next = (next + 1) % lanes.length;
  const lane = lanes[next] ?? new Turns(TURN_WITHIN_MS);
  const message = Buffer.from(passphrase.normalize('NFC'), 'utf8');
  return lane.take(() =>
    derive('argon2id', {
      message,
      nonce,
      parallelism: LANES,
      tagLength: TAG_BYTES,
      memory: MEMORY_KIB,
      passes: PASSES,
    }),
  );
}
