import { request } from 'node:http';
import fc from 'fast-check';
import type { OfficeSocket } from '../support/clients.ts';
import { CONNECTED, startRolesOffice, type Connected, type RolesOffice } from '../support/roles-office.ts';
import { CALLS, FRAMES, MESSAGES, type Call, type Message } from './inputs.ts';

/** What no answer may hold: a stack, a path of the machine, a query, the name of a library. */
const LEAKS = [
  /\bat \S+ \(?(file:|\/|node:)/,
  /\/(home|root|work|usr|tmp|var)\//,
  /node_modules|\.ts:\d+/,
  /\b(select|insert|update|delete) .*\b(from|into|set)\b/i,
  /SQLITE_|kysely|ZodError|TypeError|ReferenceError/,
];
/** A connection that sends twenty malformed messages is closed; a new one is made before that. */
const PER_CONNECTION = 15;
const ANSWER_WITHIN_MS = 20_000;
/** What is thrown at the routes ends sessions and locks them: none of those that the messages come from. */
const SPARE_SESSIONS = 600;

/** What is wrong with the office, found by throwing things at it. */
export interface Finding {
  readonly what: 'unanswered' | 'leak' | 'crash' | 'not-an-answer';
  readonly input: unknown;
  readonly seen: string;
}

export interface FuzzResult {
  /** Inputs that went out: what the client itself would not send, or a closed connection did not take, is not counted. */
  readonly inputs: number;
  readonly findings: readonly Finding[];
}

/** Some inputs never leave the client: so many more are made than are asked for. */
const MORE = 1.05;

/** What has been thrown, and what was found. */
interface Tally {
  sent: number;
  readonly findings: Finding[];
}

/** Throws at least this many inputs at a fresh office: messages of every role, raw requests, broken frames. */
export async function fuzz(runs: number, seed: number): Promise<FuzzResult> {
  const roles = await startRolesOffice({ TRUST_PROXY: 'true', LOG_LEVEL: 'warn' }, SPARE_SESSIONS);
  const tally: Tally = { sent: 0, findings: [] };
  const { findings } = tally;
  const made = runs * MORE;
  try {
    const { bootId } = await roles.office.health();
    const shares = { messages: Math.ceil(made * 0.7), calls: Math.ceil(made * 0.27), frames: Math.ceil(made * 0.03) };
    const messages = fc.sample(MESSAGES, { numRuns: shares.messages, seed });
    await Promise.all([
      ...CONNECTED.map((role) =>
        say(
          roles,
          role,
          messages.filter((one) => one.role === role),
          tally,
        ),
      ),
      call(roles, fc.sample(CALLS, { numRuns: shares.calls, seed }), tally),
      frame(roles, fc.sample(FRAMES, { numRuns: shares.frames, seed }), tally),
    ]);
    const after = await roles.office.health().catch(() => null);
    if (after?.bootId !== bootId) {
      findings.push({ what: 'crash', input: null, seen: roles.office.printed.slice(-2_000) });
    }
    return { inputs: tally.sent, findings };
  } finally {
    await roles.office.stop();
  }
}

async function say(roles: RolesOffice, role: Connected, messages: readonly Message[], tally: Tally): Promise<void> {
  for (let from = 0; from < messages.length; from += PER_CONNECTION) {
    let socket = await roles.connect(role);
    for (const message of messages.slice(from, from + PER_CONNECTION)) {
      // An oversized message closes its connection, which is its answer.
      if (!isOpen(socket)) socket = await roles.connect(role);
      await sayOne(socket, message, tally);
    }
    socket.disconnect();
  }
}

async function sayOne(socket: OfficeSocket, message: Message, tally: Tally): Promise<void> {
  const { findings } = tally;
  const asking = socket as unknown as {
    timeout: (ms: number) => { emitWithAck: (event: string, request: unknown) => Promise<unknown> };
  };
  tally.sent += 1;
  const answer = await asking
    .timeout(ANSWER_WITHIN_MS)
    .emitWithAck(message.event, message.request)
    .catch(() => undefined);
  if (answer === undefined) {
    if (isOpen(socket)) findings.push({ what: 'unanswered', input: message, seen: '' });
    return;
  }
  const text = JSON.stringify(answer);
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) {
    findings.push({ what: 'not-an-answer', input: message, seen: text });
  }
  look(text, message, findings);
}

function isOpen(socket: OfficeSocket): boolean {
  return socket.connected;
}

async function call(roles: RolesOffice, calls: readonly Call[], tally: Tally): Promise<void> {
  for (let from = 0; from < calls.length; from += 20) {
    await Promise.all(calls.slice(from, from + 20).map((one, i) => callOne(roles, one, from + i, tally)));
  }
}

function callOne(roles: RolesOffice, one: Call, index: number, tally: Tally): Promise<void> {
  const { findings } = tally;
  const { port, host } = new URL(roles.office.url);
  const headers = {
    host,
    origin: roles.office.url,
    'x-forwarded-for': `10.${index % 250}.${Math.floor(index / 250) % 250}.1`,
    cookie: index % 3 === 0 ? '' : cookiesFor(roles, index),
    ...one.headers,
  };
  return new Promise((resolve) => {
    const done = (): void => resolve();
    const options = { host: '127.0.0.1', port, path: one.path, method: one.method, headers, timeout: ANSWER_WITHIN_MS };
    let sent: ReturnType<typeof request>;
    try {
      sent = request(options, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text = (text + chunk.toString()).slice(0, 20_000)));
        // A ticket's own stream never ends by itself.
        if (response.headers['content-type'] === 'text/event-stream') sent.destroy();
        response.on('close', () => {
          const html = String(response.headers['content-type']).startsWith('text/html');
          if (!html) look(text, one, findings);
          if ((response.statusCode ?? 0) === 500) findings.push({ what: 'leak', input: one, seen: '500' });
          done();
        });
      });
    } catch {
      return done(); // Node itself refuses to send it
    }
    sent.on('timeout', () => {
      findings.push({ what: 'unanswered', input: one, seen: '' });
      sent.destroy();
    });
    sent.on('error', done);
    sent.on('upgrade', done);
    tally.sent += 1;
    if (one.method === 'GET' || one.method === 'HEAD') sent.end();
    else sent.end(one.body);
  });
}

function cookiesFor({ cookies, spares }: RolesOffice, index: number): string {
  return [cookies.kiosk, cookies.display, spares[index % spares.length] ?? ''].join('; ');
}

async function frame(roles: RolesOffice, frames: readonly (string | Uint8Array)[], tally: Tally): Promise<void> {
  const url = `${roles.office.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const headers = { origin: roles.office.url, cookie: roles.cookies.kiosk };
  for (let from = 0; from < frames.length; from += 10) {
    // Node's own client takes headers, which the browser's does not.
    const socket = new WebSocket(url, { headers } as unknown as string[]);
    await new Promise<void>((resolve) => {
      socket.onerror = () => resolve();
      socket.onclose = () => resolve();
      socket.onopen = () => {
        for (const one of frames.slice(from, from + 10)) {
          if (socket.readyState !== WebSocket.OPEN) continue;
          socket.send(one as string);
          tally.sent += 1;
        }
        socket.close();
      };
    });
  }
}

function look(text: string, input: unknown, findings: Finding[]): void {
  const leak = LEAKS.find((pattern) => pattern.test(text));
  if (leak) findings.push({ what: 'leak', input, seen: text.slice(0, 500) });
}
