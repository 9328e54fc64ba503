import { readdirSync } from 'node:fs';
import { io } from 'socket.io-client';
import type { Hello } from '../../server/contract/events.ts';
import type { OfficeSocket } from '../support/clients.ts';
import { until } from '../support/waiting.ts';
import { mustHold, spread, type Fault } from './fault.ts';
import { inOffice, type TriedOffice } from './tried-office.ts';

const SOCKETS = 1_000;
/** A device may have so many connections at once. */
const PER_DEVICE = 8;
const SERVED_WITHIN_MS = 10_000;
const TAP_EVERY_MS = 100;
/** What a process may keep open after everybody has gone that it did not before. */
const MORE_FILES = 20;
const PATIENCE_MS = 120_000;

/** F19: after a restart everybody comes back at once, while visitors go on pressing. */
export const reconnectStorm: Fault = {
  name: 'storm',
  alone: true,
  of: 'F19',
  says: `${SOCKETS} displays reconnect at once after kill -9, beside a kiosk that goes on`,
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
      const at = performance.now();
      const taps: number[] = [];
      let storming = true;
      const tapping = (async () => {
        while (storming) {
          const tappedAt = performance.now();
          await canary.take();
          taps.push(performance.now() - tappedAt);
          await new Promise((resolve) => setTimeout(resolve, TAP_EVERY_MS));
        }
      })();
      await crowd.allServed();
      const served = performance.now() - at;
      storming = false;
      await tapping;
      crowd.close();
      await until('the sockets are gone', () => openFiles(office) <= filesBefore + MORE_FILES, PATIENCE_MS);
      await office.check();
      mustHold(!trial.isWhole || served <= SERVED_WITHIN_MS, `serving all took ${served.toFixed(0)} ms`);
      return [
        `${count} sockets: opened in ${opened.toFixed(0)} ms, served again ${served.toFixed(0)} ms after the restart`,
        spread('a press meanwhile', taps),
        `${office.process.memoryMiB.toFixed(0)} MiB afterwards`,
      ];
    }),
};

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

  close(): void {
    for (const socket of this.#sockets) socket.disconnect();
  }
}

function openFiles(office: TriedOffice): number {
  return readdirSync(`/proc/${office.process.pid}/fd`).length;
}
