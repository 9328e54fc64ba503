import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demonstrationPlan } from '../../../../server/content/demonstration.ts';
import { REQUESTS, type RequestName } from '../../../../server/contract/events.ts';
import { callRulesOf } from '../../../../server/domain/call-rules.ts';
import { lineOfRecord, type JournalLine } from '../../../../server/domain/journal.ts';
import { SqliteConnection } from '../../../../server/store/sqlite-connection.ts';
import { databaseFile } from '../../../../server/store/sqlite-file.ts';
import type { OfficeSocket } from '../../../support/clients.ts';
import { startRolesOffice, type RolesOffice } from '../../../support/roles-office.ts';

/** The verbs about a visitor and a desk go through the ledger, which writes nothing without its line. */
type Verb = 'ticket' | 'desk' | 'help' | 'visit' | 'slip' | 'phone' | 'display' | 'day';
type AboutTheOffice = Exclude<RequestName, `${Verb}:${string}`>;

/** What a person might type; it may stand in no line of the journal. */
const TYPED = 'MARY ÄNN O’CONNEŽ-ŠUSLIK TESTNUMBER';
const texts = { et: TYPED, en: TYPED, ru: TYPED };
const plan = demonstrationPlan();
const rules = callRulesOf(plan);
const panel = { diagonalInches: 55, distanceM: 6, areaId: null };
const clockAt = Date.now();

/** Facts of the office that the examples need; they are found out as the examples are gone through. */
interface Known {
  planVersion: number;
  kiosk: string;
  display: string;
  colleague: string;
  noticeId: string;
}

/**
 * One good example of every request that is not about a visitor, in an order in which each can be done. A request that is
 * added to the event table does not compile without its example.
 */
const EXAMPLES: Record<AboutTheOffice, (known: Known) => object> = {
  'staff:create': () => ({ username: 'maret', name: TYPED, role: 'specialist', services: ['info'], languages: ['et'] }),
  'staff:list': () => ({}),
  'staff:change': ({ colleague }) => ({ staffId: colleague, languages: ['et', 'en'] }),
  'staff:link': ({ colleague }) => ({ staffId: colleague, forgetFactors: true }),
  'staff:link-identity': ({ colleague }) => ({ staffId: colleague, subject: TYPED }),
  'staff:end-sessions': () => ({ staffId: 'staff-specialist', sessionId: null }),
  'staff:disable': ({ colleague }) => ({ staffId: colleague, disabled: true }),
  'staff:rules': () => ({ secondFactor: 'optional', lockAfterMinutes: 7 }),
  'device:list': () => ({}),
  'device:look-up': () => ({ code: 'ACDE-FGHJ' }),
  'device:approve': () => ({ code: 'ACDE-FGHJ', name: 'Fuajee' }),
  'device:rename': ({ kiosk }) => ({ deviceId: kiosk, name: TYPED }),
  'device:limit': ({ kiosk }) => ({ deviceId: kiosk, limits: { perMinute: 33, burst: 7 } }),
  'keypad:look': () => ({}),
  'keypad:set': ({ kiosk }) => ({ kioskId: kiosk, profile: 'storm-audionav', usbIds: null }),
  'hall:settings': () => ({}),
  'hall:set-areas': () => ({ areas: [{ id: 'all', names: texts, deskIds: [], serviceIds: [] }] }),
  'hall:set-panel': ({ display }) => ({ deviceId: display, panel }),
  'hall:set-phone': () => ({ phone: { moreTimeAtMost: 2, acts: 'any-phone', messages: false } }),
  'hall:set-volume': () => ({ volume: [{ fromHour: 8, percent: 40 }] }),
  'hall:silence': () => ({ minutes: 5 }),
  'hall:notice': () => ({ texts, minutes: 10 }),
  'hall:end-notice': ({ noticeId }) => ({ noticeId }),
  'hall:repeat': () => ({ order: 1 }),
  'hall:test-sound': () => ({}),
  'device:revoke': ({ display }) => ({ deviceId: display }),
  'rules:set': ({ planVersion }) => ({
    planVersion,
    set: { ...rules, rules: { ...rules.rules, mayCallOutOfOrder: !rules.rules.mayCallOutOfOrder } },
  }),
  'rules:history': () => ({}),
  'slip-texts:look': () => ({}),
  'slip-texts:change': ({ planVersion }) => ({ planVersion, header: texts, footer: texts }),
  'fallback-words:look': () => ({}),
  'fallback-words:change': ({ planVersion }) => ({ planVersion, words: texts }),
  'retention:look': () => ({}),
  'retention:set': ({ planVersion }) => ({ planVersion, detailsDays: 9, ticketsDays: 80 }),
  'journal:look': () => ({}),
  'journal:verify': () => ({}),
  'journal:print-seal': () => ({}),
  'printer:look': () => ({}),
  'printer:test': () => ({ kind: 'slip' }),
  'printer:clear': () => ({}),
  'printer:new-roll': () => ({ metres: 33 }),
  'alarm:acknowledge': () => ({ alarmId: randomUUID() }),
  'backup:list': () => ({}),
  'backup:make': () => ({}),
  'check:run': () => ({ clockAt, roundTripMs: 3 }),
  'check:list': () => ({}),
  'fallback:print': () => ({ count: 2 }),
  'fallback:list': () => ({}),
  'fallback:take': () => ({ number: 'V001', takenAt: clockAt, serviceId: 'info', needId: null, language: 'et' }),
};

/** Refused for want of something to do it with; that a refusal changes nothing is tested all the same. */
const REFUSED: readonly AboutTheOffice[] = ['device:look-up', 'device:approve', 'hall:repeat', 'journal:print-seal'];
/**
 * Tables that are no setting: the journal itself, answers kept for a request sent again, what the machines tell of themselves,
 * and when a session was last used. `one_time` and `purge_run` are changed by the clock too.
 */
const NO_SETTING = ['journal', 'journal_head', 'answer', 'printer_roll', 'purge_run', 'day_head', 'alarm'];

let roles: RolesOffice;
let head: OfficeSocket;
let database: SqliteConnection;
let known: Known;
const seen = new Map<AboutTheOffice, { answer: unknown; changed: readonly string[]; lines: readonly JournalLine[] }>();

beforeAll(async () => {
  roles = await startRolesOffice({ LOG_LEVEL: 'warn' });
  head = await roles.connect('head');
  database = await SqliteConnection.open(databaseFile(roles.office.dataDir), 'read-only');
  known = await firstFacts();
  for (const name of Object.keys(EXAMPLES) as AboutTheOffice[]) {
    known.planVersion = await planVersion();
    const before = { tables: await tables(), lines: (await journal()).length };
    const answer = await ask(name, EXAMPLES[name](known));
    await learn(name, answer);
    const after = await tables();
    const changed = Object.keys(after).filter((table) => after[table] !== before.tables[table]);
    seen.set(name, { answer, changed, lines: (await journal()).slice(before.lines) });
  }
}, 120_000);

afterAll(async () => {
  head.disconnect();
  await database.close();
  await roles.office.stop();
});

async function ask(name: RequestName, request: object): Promise<unknown> {
  const asking = head as unknown as { emitWithAck: (name: string, request: object) => Promise<unknown> };
  return asking.emitWithAck(name, { requestId: randomUUID(), ...request });
}

async function firstFacts(): Promise<Known> {
  const devices = (await ask('device:list', {})) as { value: { deviceId: string; kind: string }[] };
  const of = (kind: string): string => devices.value.find((one) => one.kind === kind)?.deviceId ?? '';
  return { planVersion: 0, kiosk: of('kiosk'), display: of('display'), colleague: '', noticeId: '' };
}

async function planVersion(): Promise<number> {
  return ((await ask('retention:look', {})) as { value: { planVersion: number } }).value.planVersion;
}

async function learn(name: AboutTheOffice, answer: unknown): Promise<void> {
  if (name === 'staff:create') known.colleague = (answer as { value: { staffId: string } }).value.staffId;
  if (name !== 'hall:notice') return;
  const { value } = (await ask('hall:settings', {})) as { value: { notices: { id: string }[] } };
  known.noticeId = value.notices[0]?.id ?? '';
}

/** What stands in each table, as text. */
async function tables(): Promise<Record<string, string>> {
  const { rows } = await database.query(`select name from sqlite_master where type = 'table'`, []);
  const names = (rows as { name: string }[]).map(({ name }) => name).filter((name) => !NO_SETTING.includes(name));
  const contents: Record<string, string> = {};
  for (const name of names) {
    const content = await database.query(`select * from "${name}"`, []);
    contents[name] = JSON.stringify(content.rows, (key, value: unknown) => (key === 'seen_at' ? undefined : value));
  }
  return contents;
}

/** `audit.jsonl`, which every line reaches before its reply leaves. */
async function journal(): Promise<readonly JournalLine[]> {
  const text = await readFile(join(roles.office.dataDir, 'audit.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => lineOfRecord(JSON.parse(line) as Parameters<typeof lineOfRecord>[0]));
}

function found(name: AboutTheOffice) {
  const one = seen.get(name);
  if (!one) throw new Error(`${name} was not tried`);
  return one;
}

describe.each(Object.keys(EXAMPLES) as AboutTheOffice[])('%s', (name) => {
  const mayHead = (REQUESTS[name].roles as readonly string[]).includes('head');

  test('could be tried', () => {
    expect(mayHead).toBe(true);
    const { answer } = found(name);
    expect((answer as { ok: boolean }).ok, JSON.stringify(answer)).toBe(!REFUSED.includes(name));
  });

  test('changed nothing that the office keeps without a line in the journal that names who did it', () => {
    const { changed, lines } = found(name);
    const mine = lines.filter(({ actor }) => actor === 'staff-head');
    if (changed.length > 0)
      expect(
        mine.map(({ kind }) => kind),
        `changed: ${changed.join()}`,
      ).not.toEqual([]);
    expect(JSON.stringify(lines)).not.toMatch(/MARY|CONNE|ŠUSLIK|TESTNUMBER/);
  });
});

test('the settings are really changed by what sets them, so the test above sees them', () => {
  const settings = (Object.keys(EXAMPLES) as AboutTheOffice[]).filter((name) =>
    /:(set|set-\w+|change|rules|create)$/.test(name),
  );
  expect(settings.length).toBeGreaterThan(8);
  for (const name of settings) expect(found(name).changed, name).not.toEqual([]);
});

test.each([
  ['keypad:set', 'keypad.changed'],
  ['printer:new-roll', 'printer.roll-changed'],
  ['hall:set-panel', 'hall.changed'],
  ['device:limit', 'device.limited'],
  ['retention:set', 'plan.changed'],
  ['slip-texts:change', 'plan.changed'],
  ['rules:set', 'plan.changed'],
  ['staff:rules', 'staff.rules-changed'],
] as const)('%s stands in the journal as %s', (name, kind) => {
  expect(found(name).lines.map((line) => line.kind)).toContain(kind);
});
