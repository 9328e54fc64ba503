import { mustHold, spread, type Fault } from './fault.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import { SCREENS } from './splits.ts';
import { inOffice } from './tried-office.ts';

const STANDS_STILL_MS = 30_000;
const SAID_WITHIN_MS = 25_000;
const HEALED_WITHIN_MS = 30_000;

/** F22: the server's process stands still as on a machine that swaps or is being moved; then it goes on, as the same process. */
export const standstill: Fault = {
  name: 'standstill',
  of: 'F22',
  says: `the server stands still for ${STANDS_STILL_MS / 1000} s before a kiosk, a console and a display`,
  run: () =>
    inOffice({ desks: 2, kiosks: 2, displays: 1 }, async (office) => {
      const elsewhere = office.kiosk(1);
      await elsewhere.take();
      await elsewhere.take();
      const { bootId } = await office.process.health();
      const proxy = await FaultyProxy.open(Number(new URL(office.process.url).port));
      const open = await Promise.all(
        SCREENS.map(async (screen) => ({ screen, browser: await screen.open(office, proxy.port) })),
      );
      try {
        const at = performance.now();
        office.process.signal('SIGSTOP');
        const press = elsewhere.take();
        const said = await Promise.all(
          open.map(({ screen, browser }) =>
            browser.until(`${screen.name}: trouble`, screen.saysTrouble, SAID_WITHIN_MS),
          ),
        );
        for (const { screen, browser } of open) await screen.meanwhile(office, browser.page);
        await new Promise((resolve) => setTimeout(resolve, STANDS_STILL_MS - (performance.now() - at)));
        office.process.signal('SIGCONT');
        const healed = await Promise.all(
          open.map(({ screen, browser }) =>
            browser.until(`${screen.name}: all is well`, screen.isWell, HEALED_WITHIN_MS),
          ),
        );
        await press;
        mustHold((await office.process.health()).bootId === bootId, 'the server had to start anew');
        await office.check();
        return [
          spread('standing still until a screen says so', said),
          spread('going on until it is well again', healed),
        ];
      } finally {
        office.process.signal('SIGCONT');
        for (const { browser } of open) await browser.close();
        await proxy.close();
      }
    }),
};
