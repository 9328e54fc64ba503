import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Keeping, Where } from '../../../../server/accounts/keeping.ts';
import { rememberAccount } from '../../../../server/accounts/known-browser.ts';
import { OfficeKeys } from '../../../../server/accounts/office-keys.ts';
import { Passphrases } from '../../../../server/accounts/passphrase.ts';
import { StaffDoor } from '../../../../server/accounts/staff-door.ts';
import { demonstrationPlan } from '../../../../server/content/demonstration.ts';
import type { EpochMs, StaffId } from '../../../../server/domain/ids.ts';
import type { JournalLine } from '../../../../server/domain/journal.ts';
import { SESSION_IDLE_MS, SESSION_LONGEST_MS, usualSignInRules } from '../../../../server/domain/sign-in-rules.ts';
import { accountByName, insertAccount, updateAccount } from '../../../../server/store/accounts.ts';
import { openStore, type Place, type Store } from '../../../../server/store/opening.ts';
import { newPlace, removePlace } from '../../../support/database.ts';

const HERE: Where = { address: '10.0.0.1', mark: null, browser: 'Chrome, Linux' };
const KEYS = new OfficeKeys(Buffer.alloc(32, 3));
const GOOD = 'kolmteist hobust jões';
let place: Place;
let store: Store;
let now = 1_800_000_000_000 as EpochMs;
const passphrases = new Passphrases();
const lines: JournalLine[] = [];

function door(): StaffDoor {
  const plan = { ...demonstrationPlan(), version: 1, specialists: [] };
  const keeping: Keeping = {
    database: store.database,
    now: () => now,
    plan: () => plan,
    rules: () => usualSignInRules(true),
    keys: KEYS,
    passphrases,
    onLines: (more) => Promise.resolve(void lines.push(...more)),
    onEnded: () => undefined,
  };
  return new StaffDoor(keeping);
}

beforeAll(async () => {
  place = await newPlace();
  store = await openStore(place);
  const passphraseHash = await passphrases.hash(GOOD);
  await store.database.write(async (trx) => {
    const usual = { role: 'specialist', services: [], languages: [], disabled: false } as const;
    await insertAccount(trx, { ...usual, id: 's-1' as StaffId, username: 'mari', name: 'Mari', passphraseHash });
    const gone = { ...usual, disabled: true, id: 's-2' as StaffId, username: 'endine', name: 'Endine' };
    await insertAccount(trx, { ...gone, passphraseHash });
    await insertAccount(trx, { ...usual, id: 's-3' as StaffId, username: 'uus', name: 'Uus', passphraseHash: null });
  });
}, 30_000);

afterAll(async () => {
  await store.close();
  await removePlace(place);
});

test('an unknown, a disabled and an invited name get the same answer and the same work as a wrong passphrase', async () => {
  const one = door();
  const seen: unknown[] = [];
  for (const [username, passphrase] of [
    ['mari', 'vale parool siin'],
    ['olematu', GOOD],
    ['endine', GOOD],
    ['uus', GOOD],
  ] as const) {
    const before = { made: passphrases.made, lines: lines.length };
    const answer = await one.signIn({ username, passphrase }, HERE, null);
    seen.push({ answer, hashes: passphrases.made - before.made, lines: lines.length - before.lines });
  }
  expect(seen).toEqual(Array(4).fill({ answer: { ok: false, error: { code: 'wrong' } }, hashes: 1, lines: 1 }));
});

test('however many sign in at once, no more than two hashes are made at a time, and all get in', async () => {
  const one = door();
  const all = await Promise.all(
    Array.from({ length: 12 }, (_, i) => {
      const where = { ...HERE, address: `10.0.0.${i}`, mark: i % 2 === 0 ? rememberAccount(null, 'mari', KEYS) : null };
      return one.signIn({ username: 'Mari ', passphrase: GOOD }, where, null);
    }),
  );
  expect(all.every(({ ok }) => ok)).toBe(true);
  expect(passphrases.mostBusy).toBe(2);
});

test('a session lasts while it is used, at most twelve hours; whoever is idle is out', async () => {
  const one = door();
  const entered = await one.signIn({ username: 'mari', passphrase: GOOD }, HERE, null);
  const token = entered.ok && entered.value.kind === 'in' ? entered.value.token : '';
  const began = now;
  const staff = await one.whoIs(token);
  while (now + SESSION_IDLE_MS - 1 < began + SESSION_LONGEST_MS) {
    now = (now + SESSION_IDLE_MS - 1) as EpochMs;
    expect(await one.lasts(staff?.session ?? '')).toBe(true);
    await one.used(staff?.session ?? '');
  }
  now = (began + SESSION_LONGEST_MS) as EpochMs;
  expect(await one.whoIs(token)).toBeNull();

  const next = await one.signIn({ username: 'mari', passphrase: GOOD }, HERE, null);
  const idle = next.ok && next.value.kind === 'in' ? next.value.token : '';
  now = (now + SESSION_IDLE_MS) as EpochMs;
  expect(await one.whoIs(idle)).toBeNull();
});

test('a good passphrase stays good, however many years it was not changed', async () => {
  const before = now;
  now = (now + 5 * 365 * 86_400_000) as EpochMs;
  const entered = await door().signIn({ username: 'mari', passphrase: GOOD }, HERE, null);
  expect(entered).toMatchObject({ ok: true, value: { kind: 'in' } });
  now = before;
});

test('a passphrase that was right when it was looked at, but is another by the time the session begins, opens nothing', async () => {
  const account = await store.database.read((trx) => accountByName(trx, 'mari'));
  if (!account) throw new Error('there is an account');
  const set = (change: Parameters<typeof updateAccount>[2]) =>
    store.database.write((trx) => updateAccount(trx, account.id, change));
  await set({ passphraseHash: await passphrases.hash('seitse sinist pilve') });
  expect(await door().enter(account, HERE, null)).toEqual({ ok: false, error: { code: 'ended' } });
  await set({ passphraseHash: account.passphraseHash, disabled: true });
  expect(await door().enter(account, HERE, null)).toEqual({ ok: false, error: { code: 'ended' } });
  await set({ disabled: false });
  expect(await door().enter(account, HERE, null)).toMatchObject({ ok: true, value: { kind: 'in' } });
});

test('from however many addresses strangers guess, whoever signs in at the usual tablet does not stand behind them', async () => {
  const one = door();
  const mark = rememberAccount(null, 'mari', KEYS);
  const before = passphrases.made;
  const guesses = Array.from({ length: 40 }, (_, i) =>
    one.signIn({ username: `nimi${i}`, passphrase: GOOD }, { ...HERE, address: `2001:db8::${i}` }, null),
  );
  expect(await one.signIn({ username: 'mari', passphrase: GOOD }, { ...HERE, mark }, null)).toMatchObject({ ok: true });
  expect(passphrases.made - before).toBeLessThan(10);
  await Promise.all(guesses);
});
