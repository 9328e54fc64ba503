import { randomUUID } from 'node:crypto';
import { mustHold, type Fault } from './fault.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import { inOffice } from './tried-office.ts';

const ROUNDS = 150;
/** An answer and the boards around it are some kilobytes: the cut falls before, within and after them. */
const CUT_WITHIN_BYTES = 6_000;

/** F15: the line is cut on the very bytes of the answer; the same request is sent again. */
export const lostAnswers: Fault = {
  name: 'lost-answers',
  of: 'F15',
  says: `the answer to a call and to a press is cut at a random byte, ${ROUNDS} times; the same request comes again`,
  run: (trial) =>
    inOffice({ desks: 1, kiosks: 2, displays: 1 }, async (office) => {
      const proxy = await FaultyProxy.open(Number(new URL(office.process.url).port));
      try {
        const kiosk = office.kiosk(0, proxy.port);
        const desk = await office.desk(0, proxy.port);
        const rounds = trial.times(ROUNDS);
        for (let round = 0; round < rounds; round++) {
          const requestId = randomUUID();
          await Promise.all([kiosk.connected(), desk.connected()]);
          await proxy.make({ kind: 'cut', afterBytes: Math.floor(trial.chance.fraction() * CUT_WITHIN_BYTES) });
          const answers = Promise.all([kiosk.take(), desk.callNext(requestId)]);
          await Promise.race([answers, new Promise((resolve) => setTimeout(resolve, 100))]);
          await proxy.make({ kind: 'none' });
          const [, called] = await answers;
          const again = await desk.callNext(requestId);
          // Where the call came before the press nobody waited, and a refusal does not bind: asked again it finds the visitor.
          mustHold(called === null || again === called, 'a repeated call was answered with another visitor');
          await desk.nextBoardShows(again);
          await desk.finishCurrent();
        }
        const log = await office.check();
        const issued = log.filter(({ type }) => type === 'issued').length;
        mustHold(issued === rounds, `${rounds} presses made ${issued} tickets`);
        return [`${rounds} presses and ${rounds} calls, each answered once`];
      } finally {
        await proxy.close();
      }
    }),
};
