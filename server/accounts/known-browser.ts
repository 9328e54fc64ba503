import { newToken } from './tokens.ts';
import type { OfficeKeys } from './office-keys.ts';

/**
 * The mark a browser keeps of the accounts that signed in there: `id.proof` per account, the newest first. It opens
 * nothing; it only says that this browser is not a stranger to this account.
 */
const ACCOUNTS_AT_MOST = 8;
const PROOF = /^(?<id>[\w-]{43})\.(?<print>[\w-]{43})$/;

/** The id of this browser for this account; `null`: a strange one. */
export function knownBrowserOf(cookie: string | null, username: string, keys: OfficeKeys): string | null {
  for (const { id, print } of marksOf(cookie)) {
    if (keys.isFingerprint('known-browser', `${id}\n${username}`, print)) return id;
  }
  return null;
}

/** The cookie's new value after this account has signed in here. */
export function rememberAccount(cookie: string | null, username: string, keys: OfficeKeys): string {
  const id = newToken();
  const print = keys.fingerprint('known-browser', `${id}\n${username}`);
  const others = marksOf(cookie).filter(
    (mark) => !keys.isFingerprint('known-browser', `${mark.id}\n${username}`, mark.print),
  );
  return [{ id, print }, ...others]
    .slice(0, ACCOUNTS_AT_MOST)
    .map((mark) => `${mark.id}.${mark.print}`)
    .join('~');
}

function marksOf(cookie: string | null): readonly { readonly id: string; readonly print: string }[] {
  return (cookie ?? '')
    .split('~', ACCOUNTS_AT_MOST)
    .map((mark) => PROOF.exec(mark)?.groups)
    .flatMap((groups) => (groups ? [{ id: groups.id ?? '', print: groups.print ?? '' }] : []));
}
