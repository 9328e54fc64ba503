import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ConsoleContent, KioskContent } from '../../server/contract/content.ts';
import { Chance } from '../support/chance.ts';
import { connect } from '../support/clients.ts';
import { specialistWorks, visitorsCome } from '../support/life.ts';
import { OfficeProcess } from '../support/server.ts';
import { openDemonstration } from './colleagues.ts';

/** How often the office's clock is set forward, so that promises and waits run as fast as the visitors come. */
const CLOCK_STEP_MS = 500;

const { values } = parseArgs({
  options: {
    speed: { type: 'string', default: '10' },
    visitors: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: process.env.PORT ?? '3000' },
  },
});
const speed = positive('speed', values.speed);
const visitorsPerHour = positive('visitors', values.visitors);

const dataDir = await mkdtemp(join(tmpdir(), 'infolett-demo-'));
const cookies = await openDemonstration(dataDir);
const office = await OfficeProcess.startAt({
  port: positive('port', values.port),
  dataDir,
  settings: { LOG_LEVEL: 'error' },
});
process.stdout.write(`${office.printed}\nThe office lives ${speed} times as fast as life; Ctrl+C ends it.\n`);

const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());
const pace = { speed, visitorsPerHour };
const chance = new Chance(positive('seed', values.seed));
const { socket: kiosk, board } = await connect(office.url, 'kiosk', cookies.kiosk);
const content = (await (await fetch(`${office.url}/content/kiosk/${board.planVersion}.json`)).json()) as KioskContent;
const work = [visitorsCome(kiosk, content, pace, chance, ended.signal)];
for (const { cookie, deskId } of cookies.colleagues) {
  const { socket, board: first } = await connect(office.url, 'console', cookie);
  await socket.emitWithAck('desk:take', { requestId: crypto.randomUUID(), deskId, takeOver: true });
  const answer = await fetch(`${office.url}/content/console/${first.planVersion}.json`, { headers: { cookie } });
  const own = (await answer.json()) as ConsoleContent;
  work.push(specialistWorks(socket, first, own, pace, chance, ended.signal).finally(() => socket.disconnect()));
}
const clock = setInterval(() => void advance(CLOCK_STEP_MS * (speed - 1)), CLOCK_STEP_MS);
await Promise.all(work);
clearInterval(clock);
kiosk.disconnect();
await office.stop();
await rm(dataDir, { recursive: true, force: true });

async function advance(advanceMs: number): Promise<void> {
  const headers = { 'content-type': 'application/json', origin: office.url };
  await fetch(`${office.url}/dock/clock`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ advanceMs: Math.round(advanceMs) }),
  }).catch(() => undefined);
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (number > 0) return number;
  process.stderr.write(`--${name} must be a number above 0, not "${text}"\n`);
  process.exit(1);
}
