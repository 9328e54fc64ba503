import { until } from '../support/waiting.ts';
import { mustHold, spread, type Fault } from './fault.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import { inOffice } from './tried-office.ts';

/** So many wait that a console's board is some hundred kilobytes. */
const WAITING = 600;
const EVENTS = 2_000;
const GROWS_AT_MOST_MIB = 50;
const DROPPED_WITHIN_MS = 60_000;

/** F20: a console that never reads is let go; nobody else notices, and memory stays. */
export const slowConsumer: Fault = {
  name: 'slow-consumer',
  alone: true,
  of: 'F20',
  says: `a console that never reads, while ${EVENTS} things happen and ${WAITING} wait`,
  run: (trial) =>
    inOffice({ desks: 2, kiosks: 2, displays: 1, settings: { PRINTER: 'none:' } }, async (office) => {
      const proxy = await FaultyProxy.open(Number(new URL(office.process.url).port));
      try {
        const kiosk = office.kiosk(0);
        const desk = await office.desk(0);
        await Promise.all(Array.from({ length: WAITING }, () => kiosk.take()));
        const deaf = await office.desk(1, proxy.port);
        await desk.nextBoard();
        const before = office.process.memoryMiB;
        await proxy.make({ kind: 'freeze-down' });
        const taps: number[] = [];
        let most = before;
        const patience = performance.now() + DROPPED_WITHIN_MS;
        const isDropped = (): boolean => office.process.printed.includes('does not read');
        const events = trial.times(EVENTS);
        for (let i = 0; i < events || (!isDropped() && performance.now() < patience); i++) {
          const at = performance.now();
          await kiosk.take();
          taps.push(performance.now() - at);
          most = Math.max(most, office.process.memoryMiB);
        }
        await until('the deaf console was let go', isDropped, DROPPED_WITHIN_MS);
        mustHold(most - before < GROWS_AT_MOST_MIB, `memory grew by ${(most - before).toFixed(0)} MiB`);
        await proxy.make({ kind: 'none' });
        await deaf.nextBoard();
        await office.check();
        return [
          `memory ${before.toFixed(0)} MiB, at most ${most.toFixed(0)} MiB meanwhile`,
          spread('a press meanwhile', taps),
        ];
      } finally {
        await proxy.close();
      }
    }),
};
