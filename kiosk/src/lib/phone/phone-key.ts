const PREFIX = 'infolett-ticket-';
const KEY_BYTES = 16;
const KEPT_MS = 24 * 3_600_000;

/**
 * What this phone is known by for one ticket: random, made at the first look, kept on the phone only. Every ticket has another,
 * so that nobody can tell that one phone came twice. A browser that keeps nothing has a new one at each load, and then only
 * looks on.
 */
export function phoneKey(token: string): string {
  try {
    const kept = read(localStorage.getItem(PREFIX + token));
    if (kept) return kept.key;
    forgetOld();
    const key = randomKey();
    localStorage.setItem(PREFIX + token, JSON.stringify({ key, at: Date.now() }));
    return key;
  } catch {
    return randomKey();
  }
}

/** The ticket is no more. */
export function forgetPhoneKey(token: string): void {
  try {
    localStorage.removeItem(PREFIX + token);
  } catch {
    // nothing was kept
  }
}

/** Whether there are tickets of today besides those that are no more. */
export function holdsOthers(): boolean {
  try {
    forgetOld();
    return Object.keys(localStorage).some((name) => name.startsWith(PREFIX));
  } catch {
    return false;
  }
}

function forgetOld(): void {
  const old = Object.keys(localStorage)
    .filter((name) => name.startsWith(PREFIX))
    .filter((name) => Date.now() - (read(localStorage.getItem(name))?.at ?? 0) > KEPT_MS);
  for (const name of old) localStorage.removeItem(name);
}

function read(text: string | null): { readonly key: string; readonly at: number } | null {
  // Written by `phoneKey` above.
  return text === null ? null : (JSON.parse(text) as { key: string; at: number });
}

function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
