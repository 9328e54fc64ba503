import type { Page } from 'playwright';
import { DeviceBrowser } from './browsers.ts';
import { mustHold, spread, type Fault } from './fault.ts';
import { FaultyProxy, type Trouble } from './faulty-proxy.ts';
import { inOffice, type TriedOffice } from './tried-office.ts';

const ALL: readonly Trouble[] = [
  { kind: 'refuse' },
  { kind: 'reset' },
  { kind: 'blackhole' },
  { kind: 'freeze-up' },
  { kind: 'freeze-down' },
  { kind: 'freeze-both' },
  { kind: 'cut', afterBytes: 200 },
];
/** Twice the bar of docs/reliability.md, for machines that do other things too; what was measured is printed. */
const SAID_WITHIN_MS = 20_000;
const HEALED_WITHIN_MS = 20_000;
/** The first drawing of a page, on a machine that does other things too. */
const OPENS_WITHIN_MS = 60_000;

/** Where a device stands in the test, and what its screen must say. */
export interface Screen {
  readonly name: string;
  readonly open: (office: TriedOffice, proxyPort: number) => Promise<DeviceBrowser>;
  readonly saysTrouble: (page: Page) => Promise<boolean>;
  readonly isWell: (page: Page) => Promise<boolean>;
  /** What must hold while the line is cut. @throws Error */
  readonly meanwhile: (office: TriedOffice, page: Page) => Promise<void>;
  /** Troubles that this screen cannot notice by listening alone. */
  readonly deafTo: readonly Trouble['kind'][];
}

const shows = (page: Page, testId: string): Promise<boolean> => page.getByTestId(testId).first().isVisible();

/** A display that believes its board has this heading; a page that is not drawn yet has neither it nor the notice. */
async function showsBoard(page: Page): Promise<boolean> {
  return (await page.getByRole('heading', { name: 'Kutsed', exact: true }).count()) > 0;
}

const KIOSK_SCREEN: Screen = {
  name: 'kiosk',
  open: async (office, port) => {
    const { url } = office.process;
    const browser = await DeviceBrowser.open(url, '/', office.prepared.kiosks[0] ?? '', port, {
      width: 1080,
      height: 1920,
    });
    await browser.page.getByTestId('lang-et').first().waitFor();
    return browser;
  },
  saysTrouble: (page) => shows(page, 'out-of-service'),
  isWell: (page) => shows(page, 'lang-et'),
  meanwhile: async () => undefined,
  deafTo: ['freeze-up'],
};

const CONSOLE_SCREEN: Screen = {
  name: 'console',
  open: async (office, port) => {
    const { url } = office.process;
    const { staff, deskIds } = office.prepared;
    const browser = await DeviceBrowser.open(url, '/console/', staff[1] ?? '', port, { width: 1280, height: 800 });
    await browser.page.getByTestId(`desk-${deskIds[1] ?? ''}`).click();
    await browser.page.getByTestId('call-next').click();
    await browser.page.getByTestId('current-ticket').waitFor();
    return browser;
  },
  saysTrouble: (page) => shows(page, 'offline'),
  isWell: async (page) => !(await shows(page, 'offline')) && (await page.getByTestId('begin').isEnabled()),
  meanwhile: async (_, page) => {
    mustHold(await shows(page, 'current-ticket'), 'the console forgot whom its desk serves while the line was cut');
    mustHold(await page.getByTestId('begin').isDisabled(), 'a console without line offers its verbs');
  },
  deafTo: ['freeze-up'],
};

const DISPLAY_SCREEN: Screen = {
  name: 'display',
  open: async (office, port) => {
    const { url } = office.process;
    const cookie = office.prepared.displays[0] ?? '';
    const browser = await DeviceBrowser.open(url, '/display', cookie, port, { width: 1920, height: 1080 });
    await browser.until('a board', showsBoard, OPENS_WITHIN_MS);
    return browser;
  },
  saysTrouble: (page) => shows(page, 'stale'),
  isWell: showsBoard,
  meanwhile: async (_, page) => {
    mustHold(!(await shows(page, 'now-calling')), 'a display without line shows an old call as current');
  },
  deafTo: ['freeze-up'],
};

/** F13: each screen is cut off from the office in every way a network knows, and comes back by itself. */
function split(screen: Screen): Fault {
  return {
    name: `split-${screen.name}`,
    of: 'F13',
    says: `the ${screen.name} cut off: refuse, reset, blackhole, frozen one way and both, cut after some bytes`,
    run: (trial) =>
      inOffice({ desks: 2, kiosks: 2, displays: 1 }, async (office) => {
        const elsewhere = office.kiosk(1);
        const desk = await office.desk(0);
        await elsewhere.take();
        const proxy = await FaultyProxy.open(Number(new URL(office.process.url).port));
        const browser = await screen.open(office, proxy.port).catch(async (cause: unknown) => {
          await proxy.close();
          throw cause;
        });
        const said: number[] = [];
        const healed: number[] = [];
        try {
          for (const trouble of ALL.slice(0, trial.times(ALL.length))) {
            await proxy.make(trouble);
            await elsewhere.take();
            await desk.callNext();
            if (!screen.deafTo.includes(trouble.kind)) {
              said.push(await browser.until(`trouble by ${trouble.kind}`, screen.saysTrouble, SAID_WITHIN_MS));
              await screen.meanwhile(office, browser.page);
            }
            await proxy.make({ kind: 'none' });
            healed.push(await browser.until(`all is well after ${trouble.kind}`, screen.isWell, HEALED_WITHIN_MS));
            await desk.finishCurrent();
          }
          await proxy.make({ kind: 'delay', ms: 400 });
          await browser.until('all is well on a slow line', screen.isWell, HEALED_WITHIN_MS);
        } finally {
          await browser.close();
          await proxy.close();
        }
        await office.check();
        return [spread('cut until the screen says so', said), spread('healed until it is well again', healed)];
      }),
  };
}

/** A kiosk, a console at its desk, a display. */
export const SCREENS: readonly Screen[] = [KIOSK_SCREEN, CONSOLE_SCREEN, DISPLAY_SCREEN];

export const SPLITS: readonly Fault[] = SCREENS.map(split);
