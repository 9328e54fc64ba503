import { makeEarlier } from '../support/earlier-version.ts';
import { mustHold, type Fault } from './fault.ts';
import { inOffice } from './tried-office.ts';

const KILLS = 20;
/** The first start of a new version is killed at most this long after it began (milliseconds). */
const KILL_WITHIN_MS = 900;

/** F24: a new version changes the form of the tables while people wait, and is killed at it. */
export const upgrade: Fault = {
  name: 'upgrade',
  of: 'F24',
  says: `the first start of a new version, with people waiting, killed at ${KILLS} random moments`,
  run: (trial) =>
    inOffice({ desks: 1, kiosks: 1, displays: 0 }, async (office) => {
      const kiosk = office.kiosk();
      const desk = await office.desk();
      const { dataDir } = office.process;
      let last = await kiosk.take();
      const times = trial.times(KILLS);
      for (let i = 0; i < times; i++) {
        await office.process.kill();
        await makeEarlier(dataDir);
        office.process.launch();
        await new Promise((resolve) => setTimeout(resolve, trial.chance.fraction() * KILL_WITHIN_MS));
        await office.process.kill();
        await office.process.start();
        const next = await kiosk.take();
        mustHold(next > last, `${next} came after ${last}`);
        last = next;
      }
      await office.checkState(desk);
      await office.check();
      return [`${times} kills; the tables had the old form or the new one each time, and numbers went on`];
    }),
};
