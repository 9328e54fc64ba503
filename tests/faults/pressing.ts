import { DeviceBrowser } from './browsers.ts';
import { mustHold, spread, type Fault } from './fault.ts';
import { FaultyProxy, type Trouble } from './faulty-proxy.ts';
import { inOffice } from './tried-office.ts';

const TROUBLES: readonly Trouble['kind'][] = ['freeze-up', 'freeze-down', 'blackhole', 'refuse'];
const SAID_WITHIN_MS = 20_000;
const HEALED_WITHIN_MS = 30_000;

/** F13, F15: the line dies at the very press; the visitor is told, and the same press is one ticket. */
export const pressIntoSilence: Fault = {
  name: 'press-in-split',
  of: 'F13, F15',
  says: 'the line of a real kiosk page dies as "Take a number" is pressed; it heals, and the visitor tries again',
  run: (trial) =>
    inOffice({ desks: 1, kiosks: 1, displays: 0 }, async (office) => {
      const { url } = office.process;
      const proxy = await FaultyProxy.open(Number(new URL(url).port));
      const size = { width: 1080, height: 1920 };
      const browser = await DeviceBrowser.open(url, '/', office.prepared.kiosks[0] ?? '', proxy.port, size);
      const { page } = browser;
      const said: number[] = [];
      const kinds = TROUBLES.slice(0, trial.times(TROUBLES.length));
      try {
        for (const kind of kinds) {
          await page.goto(url);
          await page.getByTestId('lang-et').first().click();
          await page.getByTestId('need-papers').click();
          await page.getByTestId('need-papers.submit').click();
          await page.getByTestId('take-ticket').waitFor();
          await proxy.make({ kind } as Trouble);
          await page.getByTestId('take-ticket').click();
          const told = (): Promise<boolean> => page.getByTestId('cannot-issue').isVisible();
          said.push(await browser.until(`no number can be given, by ${kind}`, told, SAID_WITHIN_MS));
          await proxy.make({ kind: 'none' });
          const number = page.getByTestId('ticket-number');
          await browser.until(
            `the number, after ${kind}`,
            async () => {
              const retry = page.getByTestId('retry');
              if (await retry.isVisible()) await retry.click({ timeout: 1_000 }).catch(() => undefined);
              return number.isVisible();
            },
            HEALED_WITHIN_MS,
          );
        }
      } finally {
        await browser.close();
        await proxy.close();
      }
      const log = await office.check();
      const issued = log.filter(({ type }) => type === 'issued').length;
      mustHold(issued === kinds.length, `${kinds.length} presses made ${issued} tickets`);
      return [spread('press until the screen says that no number can be given', said)];
    }),
};
