import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseArgs } from 'node:util';
import type { Board } from '../../server/contract/boards.ts';
import { connect, type OfficeSocket } from '../support/clients.ts';
import { OfficeProcess } from '../support/server.ts';
import { prepareOffice, type PreparedOffice } from '../support/staffed-office.ts';
import { figuresOf, HEAD, row } from './figures.ts';
import { measurePaper } from './paper.ts';
import { addPast } from './past.ts';

/** Speeds of the whole office over real sockets, with full durability, server and clients on this one machine. */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    past: { type: 'string', default: '0,100000' },
    displays: { type: 'string', default: '100,1000' },
    /** Phones that follow their tickets meanwhile. */
    phones: { type: 'string', default: '100' },
    /** The printer alone. */
    paper: { type: 'boolean', default: false },
    /** Starts after kill -9 alone. */
    starts: { type: 'boolean', default: false },
  },
});
const SECONDS = Number(values.seconds);
const CLIENTS = [1, 10, 50];
const DESKS = 20;
const CALLS_SHOWN = 200;
const UNLIMITED = { perMinute: 100_000_000, burst: 10_000_000 };

say(HEAD);
if (values.starts) {
  for (const past of values.past.split(',').map(Number)) await measureRestart(past);
  process.exit(0);
}
if (!values.paper) {
  for (const past of values.past.split(',').map(Number)) await measureOffice(past);
  await measureStart();
  measurePages();
}
say('');
for (const printAs of ['raster', 'fonts'] as const) for (const line of await measurePaper(printAs)) say(line);
process.exit(0);

async function measureOffice(past: number): Promise<void> {
  const displays = values.displays.split(',').map(Number);
  const { office, prepared } = await OfficeProcess.startPrepared(
    { LOG_LEVEL: 'error', PRINTER: 'none:' },
    async (dataDir) => {
      const made = await prepareOffice(dataDir, {
        desks: DESKS,
        kiosks: 50,
        displays: Math.max(...displays),
        limits: UNLIMITED,
      });
      if (past > 0) await addPast(dataDir, past);
      return made;
    },
  );
  say(`\n${past} past tickets`);
  for (const clients of CLIENTS) await measureIssue(office, prepared, clients);
  const desks = await openDesks(office, prepared);
  await measureCalls(desks);
  for (const count of displays) await measureDisplays(office, prepared, desks, count);
  for (const socket of desks) socket.disconnect();
  await office.stop();
}

async function measureIssue(office: OfficeProcess, prepared: PreparedOffice, clients: number): Promise<void> {
  const sockets = await Promise.all(
    Array.from(
      { length: clients },
      async (_, i) => (await connect(office.url, 'kiosk', prepared.kiosks[i] ?? '')).socket,
    ),
  );
  const taken: number[] = [];
  const end = performance.now() + SECONDS * 1000;
  const started = performance.now();
  await Promise.all(
    sockets.map(async (socket) => {
      while (performance.now() < end) {
        const at = performance.now();
        await socket.emitWithAck('ticket:issue', { requestId: randomUUID(), needId: 'papers.submit', language: 'et' });
        taken.push(performance.now() - at);
      }
    }),
  );
  const perSecond = taken.length / ((performance.now() - started) / 1000);
  say(row(`issue, ${clients} kiosks`, figuresOf(taken), perSecond));
  for (const socket of sockets) socket.disconnect();
}

async function openDesks(office: OfficeProcess, { staff, deskIds }: PreparedOffice): Promise<readonly OfficeSocket[]> {
  return Promise.all(
    staff.map(async (cookie, i) => {
      const { socket } = await connect(office.url, 'console', cookie);
      await socket.emitWithAck('desk:take', { requestId: randomUUID(), deskId: deskIds[i] ?? '', takeOver: true });
      return socket;
    }),
  );
}

async function measureCalls(desks: readonly OfficeSocket[]): Promise<void> {
  const called: number[] = [];
  const seen = new Set<string>();
  let twice = 0;
  const started = performance.now();
  const end = started + SECONDS * 1000;
  await Promise.all(
    desks.map(async (socket) => {
      while (performance.now() < end) {
        const at = performance.now();
        const answer = await socket.emitWithAck('desk:call-next', { requestId: randomUUID() });
        if (!answer.ok) return;
        called.push(performance.now() - at);
        twice += seen.has(answer.value.ticketId) ? 1 : 0;
        seen.add(answer.value.ticketId);
        await socket.emitWithAck('ticket:finish', {
          requestId: randomUUID(),
          ticketId: answer.value.ticketId,
          version: 2,
        });
      }
    }),
  );
  const perSecond = called.length / ((performance.now() - started) / 1000);
  say(row(`call, ${desks.length} desks at once (and as many finishes)`, figuresOf(called), perSecond));
  if (twice > 0) say(`!! called twice: ${twice}`);
}

async function measureDisplays(
  office: OfficeProcess,
  prepared: PreparedOffice,
  desks: readonly OfficeSocket[],
  displays: number,
): Promise<void> {
  const sockets: OfficeSocket[] = [];
  let newest = 0;
  let arrived: (order: number) => void = () => undefined;
  for (const cookie of prepared.displays.slice(0, displays)) {
    const { socket, board: first } = await connect(office.url, 'display', cookie);
    const orderOf = (board: Board): number => (board.surface === 'display' ? (board.calls[0]?.order ?? 0) : 0);
    newest = Math.max(newest, orderOf(first));
    socket.on('board', (board) => arrived(orderOf(board)));
    sockets.push(socket);
  }
  const slowest: number[] = [];
  const [desk] = desks;
  await issueMany(office, prepared, CALLS_SHOWN);
  const phones = await followOnPhones(office, await issueMany(office, prepared, Number(values.phones)));
  for (let i = 0; i < CALLS_SHOWN && desk; i++) {
    newest += 1;
    const at = performance.now();
    let count = 0;
    const all = new Promise<number>((resolve) => {
      arrived = (order) => {
        if (order === newest && (count += 1) === displays) resolve(performance.now() - at);
      };
    });
    const answer = await desk.emitWithAck('desk:call-next', { requestId: randomUUID() });
    if (!answer.ok) throw new Error(answer.error.code);
    slowest.push(await all);
    const { ticketId } = answer.value;
    arrived = () => undefined;
    await desk.emitWithAck('ticket:finish', { requestId: randomUUID(), ticketId, version: 2 });
  }
  say(row(`call until all of ${displays} displays show it, ${values.phones} phones`, figuresOf(slowest)));
  phones.abort();
  for (const socket of sockets) socket.disconnect();
}

async function issueMany(office: OfficeProcess, prepared: PreparedOffice, count: number): Promise<readonly string[]> {
  const { socket } = await connect(office.url, 'kiosk', prepared.kiosks[0] ?? '');
  const tap = { needId: 'papers.submit', language: 'et' } as const;
  const answers = await Promise.all(
    Array.from({ length: count }, () => socket.emitWithAck('ticket:issue', { requestId: randomUUID(), ...tap })),
  );
  socket.disconnect();
  return answers.flatMap((answer) => (answer.ok ? [answer.value.phoneToken] : []));
}

/** Phones that wait at the end of the queue: their boards come by server-sent events, and are read. */
async function followOnPhones(office: OfficeProcess, tokens: readonly string[]): Promise<AbortController> {
  const until = new AbortController();
  for (const token of tokens) {
    const response = await fetch(`${office.url}/api/ticket/${token}/board`, { signal: until.signal });
    if (!response.ok) throw new Error(`a phone was refused: ${response.status}`);
    void response.body?.pipeTo(new WritableStream()).catch(() => undefined);
  }
  return until;
}

async function measureStart(): Promise<void> {
  const taken: number[] = [];
  let memory = 0;
  for (let i = 0; i < 5; i++) {
    const at = performance.now();
    const office = await OfficeProcess.start({ LOG_LEVEL: 'error' });
    taken.push(performance.now() - at);
    memory = Math.max(memory, office.memoryMiB);
    await office.stop();
  }
  say('');
  say(row('start of a fresh office until ready', figuresOf(taken)));
  say(`memory when idle: ${memory.toFixed(0)} MiB`);
}

/** From kill -9 until an office with so many past tickets takes visitors again. */
async function measureRestart(past: number): Promise<void> {
  const { office } = await OfficeProcess.startPrepared({ LOG_LEVEL: 'error', PRINTER: 'none:' }, async (dataDir) => {
    await prepareOffice(dataDir, { desks: DESKS, kiosks: 4, displays: 3, limits: UNLIMITED });
    if (past > 0) await addPast(dataDir, past);
  });
  const taken: number[] = [];
  for (let i = 0; i < 5; i++) {
    await office.kill();
    const at = performance.now();
    await office.start();
    taken.push(performance.now() - at);
  }
  say(row(`start after kill -9, ${past} past tickets`, figuresOf(taken)));
  await office.stop();
}

/** What a browser fetches for a page the first time: scripts and styles, gzipped (kB). */
function measurePages(): void {
  const build = join(import.meta.dirname, '../../build');
  say('\nfirst load, gzipped kB');
  for (const [name, app, page] of [
    ['kiosk', 'kiosk', 'index.html'],
    ['display', 'kiosk', 'display.html'],
    ['console', 'console', 'index.html'],
    ['ticket on a phone', 'kiosk', 'phone.html'],
    ['waits for the agency’s site', 'kiosk', 'waiting.html'],
  ] as const) {
    const html = readFileSync(join(build, app, page), 'utf8');
    const all = readdirSync(join(build, app), { recursive: true, encoding: 'utf8' });
    const size = (extension: string): number =>
      all
        .filter((path) => path.endsWith(extension) && html.includes(path.split('/').at(-1) ?? ' '))
        .reduce((sum, path) => sum + gzipSync(readFileSync(join(build, app, path))).length, 0) / 1000;
    say(`${name.padEnd(46)} scripts named by the page ${size('.js').toFixed(1)}, styles ${size('.css').toFixed(1)}`);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
