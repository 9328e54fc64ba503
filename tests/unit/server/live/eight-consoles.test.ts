import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type OfficeSocket } from '../../../support/clients.ts';
import { logOf, wrongIn } from '../../../support/log-of.ts';
import { OfficeProcess } from '../../../support/server.ts';
import { prepareOffice } from '../../../support/staffed-office.ts';

const DESKS = 8;
const ROUNDS = 500;
/** Fifteen hundred barriers on a busy machine. */
const PATIENCE_MS = 900_000;

let office: OfficeProcess;
let kiosk: OfficeSocket;
const desks: OfficeSocket[] = [];

beforeAll(async () => {
  const limits = { perMinute: 10_000_000, burst: 1_000_000 };
  const rules = { callsBeforeNoShow: 1, secondCallAfterMs: 0 };
  const made = await OfficeProcess.startPrepared({ LOG_LEVEL: 'error', PRINTER: 'none:' }, (dataDir) =>
    prepareOffice(dataDir, { desks: DESKS, kiosks: 1, displays: 0, limits, rules }),
  );
  ({ office } = made);
  ({ socket: kiosk } = await connect(office.url, 'kiosk', made.prepared.kiosks[0] ?? ''));
  for (const [i, cookie] of made.prepared.staff.entries()) {
    const { socket } = await connect(office.url, 'console', cookie);
    const deskId = made.prepared.deskIds[i] ?? '';
    await socket.emitWithAck('desk:take', { requestId: randomUUID(), deskId, takeOver: false });
    desks.push(socket);
  }
});

afterAll(async () => {
  for (const socket of [kiosk, ...desks]) socket.disconnect();
  await office.stop();
});

type Said = { readonly ok: boolean; readonly error?: { readonly code: string } };

async function take(): Promise<string> {
  const tap = { requestId: randomUUID(), needId: 'papers.submit', language: 'et' } as const;
  const answer = await kiosk.emitWithAck('ticket:issue', tap);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value.ticketId;
}

/** One verb about one ticket, as a screen that saw this version presses it. */
function press(desk: OfficeSocket, verb: number, ticketId: string, version: number): Promise<Said> {
  const seen = { requestId: randomUUID(), ticketId, version };
  const to = { kind: 'service', serviceId: 'pension' } as const;
  switch (verb % 4) {
    case 0:
      return desk.emitWithAck('desk:call-ticket', { ...seen, reason: 'other' });
    case 1:
      return desk.emitWithAck('desk:call-next', { requestId: randomUUID() });
    case 2:
      return desk.emitWithAck('ticket:transfer', { ...seen, to, note: null });
    default:
      return desk.emitWithAck('ticket:no-show', seen);
  }
}

/** All desks at once, and nobody goes on before the last has its answer. */
async function barrier(verbs: (desk: number) => number, ticketId: string, version: number): Promise<readonly Said[]> {
  const said = await Promise.all(desks.map((desk, i) => press(desk, verbs(i), ticketId, version)));
  for (const { ok, error } of said) if (!ok) expect(EXPECTED).toContain(error?.code);
  return said;
}

const EXPECTED = [
  'changed-meanwhile',
  'desk-busy',
  'not-at-your-desk',
  'wrong-state',
  'queue-empty',
  'called-too-few-times',
];

/** Whoever has a visitor sends them home, so that the next round begins with free desks. */
async function clear(): Promise<void> {
  await Promise.all(
    desks.map(async (desk) => {
      for (;;) {
        const busy = await desk.emitWithAck('desk:call-next', { requestId: randomUUID() });
        if (!busy.ok && busy.error.code === 'queue-empty') return;
        const number = busy.ok ? busy.value.number : busy.error.code === 'desk-busy' ? busy.error.serving : '';
        const [, letters = '', digits = ''] = /^(\D+)(\d+)$/.exec(number) ?? [];
        const found = await desk.emitWithAck('ticket:find', { requestId: randomUUID(), letters, digits });
        const ticketId = found.ok ? (found.value.find((one) => one.number === number)?.ticketId ?? '') : '';
        await withNewest((version) =>
          desk.emitWithAck('ticket:withdraw', { requestId: randomUUID(), ticketId, version }),
        );
      }
    }),
  );
}

/** Asks again with the version the office tells, as a person does who looks at the new board. */
async function withNewest(act: (version: number) => Promise<Said & { error?: { version?: number } }>): Promise<Said> {
  let version = 1;
  for (;;) {
    const said = await act(version);
    if (said.error?.code !== 'changed-meanwhile') return said;
    version = said.error.version ?? version + 1;
  }
}

test(
  `eight consoles, ${ROUNDS} rounds of call, transfer and no-show on the same tickets: no double call, no illegal state`,
  async () => {
    const done = new Map<number, number>();
    for (let round = 0; round < ROUNDS; round++) {
      const ticketId = await take();
      await take();
      for (const [version, shift] of [
        [1, 0],
        [2, round],
        [3, round + 1],
      ] as const) {
        const said = await barrier((desk) => desk + shift, ticketId, version);
        said.forEach(({ ok }, desk) => ok && done.set((desk + shift) % 4, (done.get((desk + shift) % 4) ?? 0) + 1));
      }
      if (round % 10 === 9) await clear();
    }
    for (const verb of [0, 1, 2, 3]) expect(done.get(verb) ?? 0).toBeGreaterThan(ROUNDS / 25);
    expect(wrongIn(logOf(office))).toEqual([]);
    expect((await office.health()).ok).toBe(true);
  },
  PATIENCE_MS,
);
