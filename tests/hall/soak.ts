import { chromium, type CDPSession, type Page } from 'playwright';
import { CHROMIUM } from '../support/chromium.ts';
import { openFastDisplay } from './fast-display.ts';
import { HallOffice, type Made } from './hall-office.ts';
import { builtRecordings } from './recordings.ts';

/** What is not told so long after the last call of a part (in the display's time) will never be. */
const TOLD_WITHIN_MS = 180_000;
/** At most as long as the office itself lets pass between two of its pulses, several times over. */
const STEP_MS = 5_000;

/** A day in the hall. */
export interface Day {
  readonly calls: number;
  /** One call so often in the display's own time (milliseconds). */
  readonly everyMs: number;
  /** After so many calls the next `together` come at the same moment. */
  readonly burstEvery: number;
  readonly together: number;
  /** After each of so many equal parts of the day the page is weighed. */
  readonly parts: number;
}

/** What the page weighed after a part of the day. */
export interface Weight {
  readonly calls: number;
  readonly heapKB: number;
  readonly nodes: number;
  readonly listeners: number;
}

export interface Soaked {
  readonly made: readonly Made[];
  /** Numbers on the plate, in order. */
  readonly shown: readonly string[];
  /** The recordings of each announcement, in order. */
  readonly spoken: readonly (readonly string[])[];
  readonly weights: readonly Weight[];
}

/** A day of calls on one display: a real office and a real browser, whose time passes as fast as the machine can. */
export async function soakDisplay(day: Day, told: (weight: Weight) => void): Promise<Soaked> {
  const office = await HallOffice.open();
  const browser = await chromium.launch(CHROMIUM);
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    const [name = '', value = ''] = office.display.split('=');
    await context.addCookies([{ name, value, url: office.process.url, httpOnly: true, sameSite: 'Strict' }]);
    const page = await context.newPage();
    await openFastDisplay(page, office.process.url);
    await page.getByTestId('stale').waitFor({ state: 'detached' });
    const inspector = await context.newCDPSession(page);
    await inspector.send('Performance.enable');
    return await live(day, { office, page, inspector }, told);
  } finally {
    await browser.close();
    await office.close();
  }
}

async function live(
  { calls, everyMs, burstEvery, together, parts }: Day,
  { office, page, inspector }: { office: HallOffice; page: Page; inspector: CDPSession },
  told: (weight: Weight) => void,
): Promise<Soaked> {
  const record = new Record(page);
  const weights: Weight[] = [];
  for (let made = 0; made < calls;) {
    const now = made > 0 && made % burstEvery === 0 ? Math.min(together, calls - made) : 1;
    for (let i = 0; i < now; i += 1) await office.call();
    made += now;
    await page
      .getByText(office.made.at(-1)?.number ?? '', { exact: true })
      .first()
      .waitFor();
    await pass(everyMs * now, { office, page });
    if (made < ((weights.length + 1) * calls) / parts) continue;
    await record.until(made, () => pass(STEP_MS, { office, page }));
    const weight = await weigh(inspector, made);
    weights.push(weight);
    told(weight);
  }
  return { made: office.made, shown: record.shown, spoken: record.spoken, weights };
}

/** The same time passes in the hall and in the office. */
async function pass(ms: number, { office, page }: { office: HallOffice; page: Page }): Promise<void> {
  await page.evaluate((forMs) => globalThis.hallAdvance(forMs), ms);
  await office.advance(ms);
}

/** What the page showed and said, taken off the page before it is weighed. */
class Record {
  readonly shown: string[] = [];
  readonly spoken: string[][] = [];
  readonly #page: Page;
  readonly #names = builtRecordings();

  constructor(page: Page) {
    this.#page = page;
  }

  /** Lets time pass until so many calls were told. What never comes is missing in the record. */
  async until(calls: number, step: () => Promise<void>): Promise<void> {
    for (let passedMs = 0; passedMs < TOLD_WITHIN_MS; passedMs += STEP_MS) {
      await this.#take();
      if (this.shown.length >= calls && this.spoken.length >= calls) return;
      await step();
    }
  }

  async #take(): Promise<void> {
    const { shown, spoken } = await this.#page.evaluate(() => ({
      shown: globalThis.hallShown.splice(0),
      spoken: globalThis.hallSpoken.splice(0),
    }));
    this.shown.push(...shown);
    this.spoken.push(...spoken.map((files) => files.map((file) => this.#names.get(file) ?? file)));
  }
}

async function weigh(inspector: CDPSession, calls: number): Promise<Weight> {
  await inspector.send('HeapProfiler.collectGarbage');
  const { usedSize } = await inspector.send('Runtime.getHeapUsage');
  const { metrics } = await inspector.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { calls, heapKB: Math.round(usedSize / 1024), nodes: of('Nodes'), listeners: of('JSEventListeners') };
}
