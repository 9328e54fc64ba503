import { readdirSync } from 'node:fs';
import { io } from 'socket.io-client';
import type { Hello } from '../../server/contract/events.ts';
import type { OfficeSocket } from '../support/clients.ts';
import { until } from '../support/waiting.ts';
import { mustHold, spread, type Fault } from './fault.ts';
import { inOffice, type TriedOffice } from './tried-office.ts';
import type { WitnessedKiosk } from './witnessed-clients.ts';

const SOCKETS = 1_000;
/** A device may have so many connections at once. */
const PER_DEVICE = 8;
const SERVED_WITHIN_MS = 10_000;
const PRESS_WITHIN_MS = 1_000;
const TAP_EVERY_MS = 50;
/** What a process may keep open after everybody has gone that it did not before. */
const MORE_FILES = 20;
const PATIENCE_MS = 120_000;

/** F19: everybody comes back at once, after a restart and after a cut of the hall's network, while visitors go on pressing. */
export const reconnectStorm: Fault = {
  name: 'storm',
  alone: true,
  of: 'F19',
  says: `${SOCKETS} displays reconnect at once, after kill -9 and after a cut line, beside a kiosk that goes on`,
  run: (trial) =>
    inOffice({ desks: 1, kiosks: 1, displays: Math.ceil(SOCKETS / PER_DEVICE) }, async (office) => {
      const canary = office.kiosk();
      await canary.connected();
      const filesBefore = openFiles(office);
      const count = trial.times(SOCKETS);
      const crowd = new Crowd(office, count);
      const opened = await crowd.allServed();
      await office.process.kill();
      crowd.forget();
      await office.process.start();
      const afterKill = await whilePressing(canary, () => crowd.allServed());
      crowd.forget();
      crowd.cut();
      const afterCut = await whilePressing(canary, () => crowd.allServed());
      crowd.close();
      await until('the sockets are gone', () => openFiles(office) <= filesBefore + MORE_FILES, PATIENCE_MS);
      await office.check();
      for (const { took, presses } of [afterKill, afterCut]) {
        mustHold(!trial.isWhole || took <= SERVED_WITHIN_MS, `serving all took ${took.toFixed(0)} ms`);
        const late = presses.filter((ms) => ms > PRESS_WITHIN_MS).length;
        mustHold(!trial.isWhole || late <= presses.length / 20, `${late} of ${presses.length} presses took over 1 s`);
      }
      return [
        `${count} sockets: opened in ${opened.toFixed(0)} ms, served again ${afterKill.took.toFixed(0)} ms after the restart, ${afterCut.took.toFixed(0)} ms after the cut`,
        spread('a press after the restart', afterKill.presses),
        spread('a press after the cut', afterCut.presses),
        `${office.process.memoryMiB.toFixed(0)} MiB afterwards`,
      ];
    }),
};

/** A visitor after the other presses until it is over; the first once the kiosk itself is back. Times in milliseconds. */
async function whilePressing(
  canary: WitnessedKiosk,
  storm: () => Promise<number>,
): Promise<{ readonly took: number; readonly presses: readonly number[] }> {
  const presses: number[] = [];
  let storming = true;
  const pressing = (async () => {
    await until('the kiosk is back', () => canary.socket.connected, PATIENCE_MS);
    while (storming) {
      const at = performance.now();
      await canary.take();
      presses.push(performance.now() - at);
      await new Promise((resolve) => setTimeout(resolve, TAP_EVERY_MS));
    }
  })();
  const took = await storm();
  storming = false;
  await pressing;
  return { took, presses };
}

/** Many displays of one device, as our own reconnect: after a second or so, with jitter. */
class Crowd {
  readonly #sockets: readonly OfficeSocket[];
  readonly #served = new Set<number>();

  constructor(office: TriedOffice, count: number) {
    const { url } = office.process;
    this.#sockets = Array.from({ length: count }, (_, i) => {
      const cookie = office.prepared.displays[Math.floor(i / PER_DEVICE)] ?? '';
      const socket: OfficeSocket = io(url, {
        transports: ['websocket'],
        auth: { surface: 'display' } satisfies Hello,
        forceNew: true,
        reconnectionDelayMax: 3_000,
        extraHeaders: { cookie, origin: url },
      });
      socket.on('board', () => this.#served.add(i));
      return socket;
    });
  }

  /** Resolves when everybody has a board. @returns how long that took (milliseconds) */
  async allServed(): Promise<number> {
    const at = performance.now();
    await until('everybody has a board', () => this.#served.size === this.#sockets.length, PATIENCE_MS);
    return performance.now() - at;
  }

  /** Boards of before do not count. */
  forget(): void {
    this.#served.clear();
  }

  /** As when the hall's switch loses its power: nobody says goodbye, everybody comes back. */
  cut(): void {
    for (const socket of this.#sockets) socket.io.engine.close();
  }

  close(): void {
    for (const socket of this.#sockets) socket.disconnect();
  }
}

function openFiles(office: TriedOffice): number {
  return readdirSync(`/proc/${office.process.pid}/fd`).length;
}
