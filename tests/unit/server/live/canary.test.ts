import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Board } from '../../../../server/contract/boards.ts';
import { connect } from '../../../support/clients.ts';
import { must } from '../../../support/must.ts';
import { startRolesOffice, type RolesOffice } from '../../../support/roles-office.ts';
import { until } from '../../../support/waiting.ts';

/** A person who does not exist, with every letter that might get lost or escape, and numbers that look real. */
const NAME = 'MARY ÄNN O’CONNEŽ-ŠUSLIK TESTNUMBER';
const CODE = '60001019906';
const PHONE = '+372 5551 2345';
const MAIL = 'mary.ann@naidis.example';
const CANARY = `${NAME} ${CODE} ${PHONE} ${MAIL}`;
const TRACES = ['MARY', 'CONNE', 'ŠUSLIK', 'TESTNUMBER', CODE, '5551 2345', 'mary.ann'];

const DAY_MS = 86_400_000;

let roles: RolesOffice;
let numbers: string[] = [];
const publicBoards: Board[] = [];
let phonePage = '';
let paper = '';

beforeAll(async () => {
  paper = join(await mkdtemp(join(tmpdir(), 'infolett-paper-')), 'paper.bin');
  roles = await startRolesOffice({ LOG_LEVEL: 'trace', PRINTER: `file:${paper}?print=fonts` });
  const { office, cookies } = roles;
  for (const surface of ['kiosk', 'display'] as const) {
    const { socket, board } = await connect(office.url, surface, cookies[surface]);
    publicBoards.push(board);
    socket.on('board', (next) => publicBoards.push(next));
  }
  const head = await roles.connect('head');
  const ask = () => ({ requestId: randomUUID() });
  const welcome = { needId: null, serviceId: 'info', language: 'et', standing: 'walk-in' } as const;
  const more = { assistance: [], further: [], note: CANARY, print: true };
  const issue = async () =>
    must(await head.emitWithAck('ticket:issue-for', { ...ask(), ...welcome, ...more })) as {
      ticketId: string;
      number: string;
      phoneToken: string;
    };
  const first = await issue();
  const second = await issue();
  numbers = [first.number, second.number];
  await head.emitWithAck('ticket:triage', {
    ...ask(),
    ticketId: first.ticketId,
    version: 1,
    note: `${CANARY} again`,
  });
  await head.emitWithAck('ticket:transfer', {
    ...ask(),
    ticketId: second.ticketId,
    version: 1,
    to: { kind: 'service', serviceId: 'info' },
    note: `${CANARY} on`,
  } as never);
  // What is typed in wrong places: a name for a user, a code, a screen.
  await fetch(`${office.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: office.url },
    body: JSON.stringify({ username: NAME, passphrase: CANARY }),
  });
  await head.emitWithAck('device:look-up', { ...ask(), code: NAME.slice(0, 20) });
  await head.emitWithAck('ticket:issue-for', { ...ask(), [NAME]: CANARY } as never);
  await fetch(`${office.url}/t/${encodeURIComponent(NAME)}?${encodeURIComponent(CANARY)}`);
  await fetch(`${office.url}/api/${encodeURIComponent(CANARY)}`);
  const stream = await fetch(`${office.url}/api/ticket/${first.phoneToken}/board`);
  const reader = stream.body?.getReader();
  phonePage = new TextDecoder().decode((await reader?.read())?.value);
  await reader?.cancel();
  // A visit that ends, so that its details can grow old.
  await head.emitWithAck('ticket:withdraw', { ...ask(), ticketId: first.ticketId, version: 2 });
  await head.emitWithAck('ticket:withdraw', { ...ask(), ticketId: second.ticketId, version: 2 });
}, 60_000);

afterAll(async () => {
  await roles.office.stop();
  await rm(dirname(paper), { recursive: true, force: true });
});

/** Which traces of the person are in it. */
function tracesIn(text: string): readonly string[] {
  return TRACES.filter((trace) => text.includes(trace));
}

/** All that the database holds on the disk: the file, its write-ahead log, free pages included. */
async function onDisk(): Promise<string> {
  const names = (await readdir(roles.office.dataDir)).filter((name) => name.startsWith('office.sqlite'));
  const files = await Promise.all(names.map((name) => readFile(join(roles.office.dataDir, name))));
  return Buffer.concat(files).toString('utf8');
}

describe('a person written into every field that takes free text', () => {
  test('is where notes are kept, so the test can see at all', async () => {
    expect(numbers).toHaveLength(2);
    expect(tracesIn(await onDisk())).toEqual(TRACES);
  });

  test('is not in the log, at its most talkative', () => {
    expect(roles.office.printed.length).toBeGreaterThan(1_000);
    expect(tracesIn(roles.office.printed)).toEqual([]);
  });

  test('is not in the journal nor in audit.jsonl', async () => {
    const audit = await readFile(join(roles.office.dataDir, 'audit.jsonl'), 'utf8');
    expect(audit).toContain(numbers[0]);
    expect(tracesIn(audit)).toEqual([]);
  });

  test('is on no board of a public surface', () => {
    expect(publicBoards.length).toBeGreaterThan(2);
    expect(tracesIn(JSON.stringify(publicBoards))).toEqual([]);
    expect(phonePage).toContain(numbers[0]);
    expect(tracesIn(phonePage)).toEqual([]);
  });

  test('is not on paper', async () => {
    const printed = async (): Promise<string> => (await readFile(paper).catch(() => Buffer.of())).toString('latin1');
    // Printed in the printer's own letters: what stands on the paper stands in the bytes.
    await until('both slips', async () => (await printed()).split('/t/').length > 2);
    expect(tracesIn(await printed())).toEqual([]);
  });

  test('is nowhere in the database once the office no longer keeps it: not in the log beside it, not in free pages', async () => {
    const aside = join(roles.office.dataDir, 'damaged', new Date().toISOString().replaceAll(/[:.]/g, '-'));
    await mkdir(aside, { recursive: true });
    await copyFile(join(roles.office.dataDir, 'office.sqlite'), join(aside, 'office.sqlite'));
    await fetch(`${roles.office.url}/dock/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: roles.office.url },
      body: JSON.stringify({ advanceMs: 40 * DAY_MS }),
    });
    const audit = (): Promise<string> => readFile(join(roles.office.dataDir, 'audit.jsonl'), 'utf8');
    await until('the deleting', async () => (await audit()).includes('privacy.purged'), 90_000);
    await until('nothing left', async () => tracesIn(await onDisk()).length === 0, 20_000);
    expect(await audit()).toContain('"details":2');
    expect(await audit()).toContain('"copies":1');
    expect(await readdir(dirname(aside)), 'what a restore put aside').toEqual([]);
  });
});

describe('patterns of persons', () => {
  const PATTERNS = {
    'personal code': /(?<!\d)[1-8]\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{4}(?!\d)/g,
    phone: /\+372[\s-]?\d{3,4}[\s-]?\d{3,4}/g,
    'e-mail': /[\w.+-]+@[\w-]+\.[\w.]+/g,
  };

  test.each(Object.entries(PATTERNS))('no %s is in the log or in audit.jsonl', async (_, pattern) => {
    const audit = await readFile(join(roles.office.dataDir, 'audit.jsonl'), 'utf8');
    const found = [...roles.office.printed.matchAll(pattern), ...audit.matchAll(pattern)].map(([text]) => text);
    expect(found.filter((text) => !/^\d{11}$/.test(text) || isPersonalCode(text))).toEqual([]);
  });

  test('a code with a good check digit is one', () => {
    expect(isPersonalCode(CODE)).toBe(true);
    expect(isPersonalCode('60001019907')).toBe(false);
  });
});

/** The check digit of an Estonian personal code: two rounds of weights, modulo 11. */
function isPersonalCode(text: string): boolean {
  const digits = [...text].map(Number);
  const sum = (weights: readonly number[]): number =>
    weights.reduce((total, weight, i) => total + weight * (digits[i] ?? 0), 0) % 11;
  const one = sum([1, 2, 3, 4, 5, 6, 7, 8, 9, 1]);
  const two = sum([3, 4, 5, 6, 7, 8, 9, 1, 2, 3]);
  return digits[10] === (one < 10 ? one : two < 10 ? two : 0);
}
