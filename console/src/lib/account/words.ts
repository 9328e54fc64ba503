import en from '#locales/en/account.json' with { type: 'json' };
import et from '#locales/et/account.json' with { type: 'json' };
import ru from '#locales/ru/account.json' with { type: 'json' };
import type { Refused } from '../door/door-answer.ts';
import { wordsOf } from '../words.svelte.ts';

/** The words about one's own account: the lock, links, second factors. */
export const words = wordsOf('account', { et, en, ru });

const FAULTS = [
  'passphrase-length',
  'passphrase-common',
  'passphrase-context',
  'username-form',
  'name-taken',
  'link-used',
  'wrong',
  'wrong-code',
  'wait',
  'ended',
  'begin-again',
  'last-factor',
  'no-factor',
  'passkey',
] as const;

/** One sentence about why it was not done. */
export function faultText({ code, retryAfterMs, atLeast }: Refused): string {
  const known = FAULTS.find((one) => one === code) ?? 'failed';
  const seconds = Math.ceil((retryAfterMs ?? 1_000) / 1_000);
  return words.t(`fault.${known}`, { seconds, atLeast: atLeast ?? 12 });
}
