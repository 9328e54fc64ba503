import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Board } from '../../../../server/contract/boards.ts';
import { REQUESTS } from '../../../../server/contract/events.ts';
import { ROUTES } from '../../../fuzz/inputs.ts';
import { connect } from '../../../support/clients.ts';
import { sampleWith, textFieldsTaking, type TextField } from '../../../support/request-samples.ts';
import { CONNECTED, startRolesOffice, type Connected, type RolesOffice } from '../../../support/roles-office.ts';
import { OfficeProcess } from '../../../support/server.ts';

/** A person of their own in every field, so that whoever leaks says where they were planted. */
function personAt(index: number): string {
  return `MARY SUSLIK${index}X`;
}

const FIELDS = textFieldsTaking(personAt(1_000));
/** Of the office's own words these are made for the hall, its kiosks and its paper; and its screens are called by name. */
const FOR_THE_HALL = /^(hall:notice|hall:set-areas|slip-texts:change|fallback-words:change|device:\w+)$/;
const PER_CONNECTION = 15;
/** Names of what the bodies of the routes may hold. */
const KEYS = [
  ...['username', 'passphrase', 'token', 'name', 'code', 'key', 'endpoint', 'language', 'visitor', 'surface'],
  ...['id', 'kind', 'sessionId', 'response', 'text', 'requestId', 'p256dh', 'auth', 'proof'],
];

let roles: RolesOffice;
let metricsPort: number;
const planted: { readonly at: string; readonly person: string }[] = [];
const publicBoards: Board[] = [];
const outcomes: string[] = [];

beforeAll(async () => {
  metricsPort = await OfficeProcess.freePort();
  roles = await startRolesOffice({ LOG_LEVEL: 'trace', METRICS_PORT: String(metricsPort) }, 30);
  for (const surface of ['kiosk', 'display'] as const) {
    const { socket, board } = await connect(roles.office.url, surface, roles.cookies[surface]);
    publicBoards.push(board);
    socket.on('board', (next) => publicBoards.push(next));
  }
  for (const role of CONNECTED) await plantAs(role);
  for (const route of ROUTES) await plantOver(route);
}, 120_000);

afterAll(async () => {
  await roles.office.stop();
});

function plant(at: string): string {
  const person = personAt(planted.length);
  planted.push({ at, person });
  return person;
}

/** Every field of every request that this role may send. */
async function plantAs(role: Connected): Promise<void> {
  // What ends the session of whoever asks is not asked for.
  const mine = FIELDS.filter(({ event }) => (REQUESTS[event].roles as readonly string[]).includes(role));
  for (let from = 0; from < mine.length; from += PER_CONNECTION) {
    const socket = await roles.connect(role);
    const asking = socket as unknown as { emitWithAck: (name: string, request: unknown) => Promise<unknown> };
    for (const field of mine.slice(from, from + PER_CONNECTION)) {
      const request = sampleWith(field, plant(`${field.event} ${field.path.join('.')}`));
      const answer = (await asking.emitWithAck(field.event, request)) as { ok: boolean; error?: { code: string } };
      outcomes.push(answer.ok ? 'done' : (answer.error?.code ?? ''));
    }
    socket.disconnect();
  }
}

/** Address, query, headers and every word of a body. */
async function plantOver(route: RegExp): Promise<void> {
  const [path = '/'] = fc.sample(fc.stringMatching(route), { numRuns: 1, seed: 11 });
  const about = route.source;
  const query = new URLSearchParams({ lang: plant(`${about} ?lang`), state: plant(`${about} ?state`) });
  const url = `${roles.office.url}${path}`;
  const signal = AbortSignal.timeout(3_000);
  const cookie = roles.spares[planted.length % roles.spares.length] ?? '';
  const headers = { origin: roles.office.url, 'user-agent': plant(`${about} user-agent`), cookie };
  const answers = [
    fetch(`${url}?${query}`, { headers, signal, redirect: 'manual' }),
    fetch(`${url}/${encodeURIComponent(plant(`${about} address`))}`, { headers, signal }),
    ...KEYS.map((key) => post(url, headers, { [key]: plant(`${about} ${key}`) }, signal)),
    post(url, headers, Object.fromEntries(KEYS.map((key) => [key, plant(`${about} ${key}, with all`)])), signal),
    fetch(url, { method: 'POST', headers, body: plant(`${about} body that is no JSON`), signal }),
  ];
  for (const answer of await Promise.allSettled(answers)) {
    if (answer.status === 'fulfilled') await answer.value.body?.cancel();
  }
}

function post(url: string, headers: Record<string, string>, body: object, signal: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  });
}

/** Where those were planted who can be found in it. */
function plantedIn(text: string): readonly string[] {
  const found = new Set([...text.matchAll(/SUSLIK(?<index>\d+)X/gi)].map(({ groups }) => Number(groups?.index)));
  return [...found].map((index) => planted[index]?.at ?? `number ${index}`);
}

function fieldNames(fields: readonly TextField[]): readonly string[] {
  return fields.map(({ event, path }) => `${event} ${path.join('.')}`);
}

describe('a person planted in every field of every request and route', () => {
  test('reaches every field that takes a text, also deep ones', () => {
    expect(fieldNames(FIELDS)).toEqual(
      expect.arrayContaining([
        ...['ticket:issue-for note', 'ticket:triage note', 'ticket:transfer note', 'ticket:transfer to.staffId'],
        ...['staff:create name', 'staff:create username', 'staff:link-identity subject', 'device:rename name'],
        ...['hall:notice texts.et', 'hall:set-areas areas.0.names.ru', 'slip-texts:change header.en'],
        ...['rules:set set.classes.0.names.et', 'device:look-up code', 'ticket:issue needId'],
      ]),
    );
  });

  test('fits the schema everywhere, so that it comes as far as a person could bring it', () => {
    const malformed = FIELDS.filter(
      (field) => !REQUESTS[field.event].request.safeParse(sampleWith(field, personAt(1))).success,
    );
    expect(fieldNames(malformed)).toEqual([]);
    expect(outcomes).not.toContain('malformed');
    expect(outcomes).not.toContain('outage');
    expect(outcomes.filter((outcome) => outcome === 'done').length).toBeGreaterThan(10);
  });

  test('is in no line of the log, at its most talkative', () => {
    expect(roles.office.printed.length).toBeGreaterThan(1_000);
    expect(plantedIn(roles.office.printed)).toEqual([]);
  });

  test('is not in the journal nor in audit.jsonl', async () => {
    const audit = await readFile(join(roles.office.dataDir, 'audit.jsonl'), 'utf8');
    expect(audit).toContain('staff.account-made');
    expect(plantedIn(audit)).toEqual([]);
  });

  test('is in no metrics, in no word about health, nor in the public waits', async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(metrics).toContain('infolett');
    expect(plantedIn(metrics)).toEqual([]);
    for (const path of ['/healthz', '/readyz', '/waiting.json']) {
      expect(plantedIn(await (await fetch(`${roles.office.url}${path}`)).text()), path).toEqual([]);
    }
  });

  test('is on no public board, but for the words that staff write for the hall', () => {
    expect(publicBoards.length).toBeGreaterThan(2);
    const there = plantedIn(JSON.stringify(publicBoards));
    expect(there.filter((at) => !FOR_THE_HALL.test(at.split(' ')[0] ?? ''))).toEqual([]);
  });

  test('is not in what is told of the printer', async () => {
    const head = await roles.connect('head');
    const told = await head.emitWithAck('printer:look', { requestId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' });
    expect(told.ok).toBe(true);
    expect(plantedIn(JSON.stringify(told))).toEqual([]);
    head.disconnect();
  });
});
