import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const MARK_BYTES = 16;

/** What a key is for: keys made from one secret for two purposes tell nothing of each other. */
export type Purpose = 'authenticator-secret' | 'recovery-code' | 'outside-subject' | 'known-browser';

/**
 * Keys made from the secret that only this office knows, which never lies beside the database: a stolen copy of the
 * database alone opens no sealed secret and confirms no guess of a personal code.
 */
export class OfficeKeys {
  readonly #secret: Buffer;

  constructor(secret: Buffer) {
    this.#secret = secret;
  }

  /** HMAC-SHA-256, base64url. */
  fingerprint(purpose: Purpose, text: string): string {
    return createHmac('sha256', this.#key(purpose)).update(text, 'utf8').digest('base64url');
  }

  /** Whether `print` is the fingerprint of `text`, compared in constant time. */
  isFingerprint(purpose: Purpose, text: string, print: string): boolean {
    const made = Buffer.from(this.fingerprint(purpose, text));
    const given = Buffer.from(print);
    return made.length === given.length && timingSafeEqual(made, given);
  }

  /** AES-256-GCM; `whose` is bound to it, so a sealed secret moved to another person does not open. */
  seal(purpose: Purpose, secret: Buffer, whose: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key(purpose), nonce).setAAD(Buffer.from(whose));
    const body = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
  }

  /** @returns `null` when it was changed, or sealed by another office or for somebody else */
  unseal(purpose: Purpose, sealed: string, whose: string): Buffer | null {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < NONCE_BYTES + MARK_BYTES) return null;
    const decipher = createDecipheriv('aes-256-gcm', this.#key(purpose), bytes.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(whose)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + MARK_BYTES));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + MARK_BYTES)), decipher.final()]);
    } catch {
      return null;
    }
  }

  #key(purpose: Purpose): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#secret, '', `infolett ${purpose}`, KEY_BYTES));
  }
}
