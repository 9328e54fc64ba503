import type { Page } from 'playwright';

declare global {
  /** Lets so much of the display's time pass (milliseconds), as fast as the machine can. */
  var hallAdvance: (ms: number) => Promise<void>;
  /** Numbers on the plate since the last look, in order. */
  var hallShown: string[];
  /** The files of each announcement since the last look, in order. */
  var hallSpoken: string[][];
}

/** Until the display has shown its first board (milliseconds). */
const SHOWN_WITHIN_MS = 30_000;

/**
 * Opens the display with a time of its own, which passes only when it is told to: its clocks, its timers and its sound card.
 * A busy machine cannot disturb it. What it shows and what it begins to say is recorded.
 */
export async function openFastDisplay(page: Page, url: string): Promise<void> {
  await page.addInitScript(ownTime);
  await page.goto(`${url}/display`);
  // What was called before the first board is old and is not said: calls of a test come after it.
  const calls = page.getByRole('heading', { name: 'Kutsed', exact: true });
  await calls.waitFor({ state: 'attached', timeout: SHOWN_WITHIN_MS });
}

/** Runs in the page, before anything of ours. */
function ownTime(): void {
  const pulseEveryMs = 2_000;
  const pingEveryMs = 25_000;
  const started = Date.now();
  const timers = new Map<number, { at: number; readonly work: () => void; readonly everyMs: number | null }>();
  let now = 0;
  let lastTimer = 0;
  const add = (work: () => void, ms: number, everyMs: number | null): number => {
    timers.set((lastTimer += 1), { at: now + Math.max(1, ms), work, everyMs });
    return lastTimer;
  };
  const drop = (id?: number): void => void timers.delete(id ?? 0);
  Object.assign(globalThis, {
    setTimeout: (work: () => void, ms = 0) => add(work, ms, null),
    setInterval: (work: () => void, ms = 0) => add(work, ms, Math.max(1, ms)),
    clearTimeout: drop,
    clearInterval: drop,
  });
  performance.now = () => now;
  Date.now = () => started + now;
  const { port1, port2 } = new MessageChannel();
  /** All that follows from one timer happens before the next. */
  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      port1.onmessage = () => resolve();
      port2.postMessage(0);
    });
  globalThis.hallAdvance = async (ms) => {
    const until = now + ms;
    for (;;) {
      const [next] = [...timers].filter(([, { at }]) => at <= until).toSorted(([, a], [, b]) => a.at - b.at);
      if (!next) break;
      const [id, timer] = next;
      now = Math.max(now, timer.at);
      if (timer.everyMs === null) timers.delete(id);
      else timer.at = now + timer.everyMs;
      timer.work();
      await settled();
    }
    now = until;
  };

  // The office speaks in its own time; between two of its pulses this page lives through many.
  let officeAt = { office: started, page: 0 };
  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data, isTrusted }) => {
        const [, at] = /^42\["pulse",(\d+)\]$/.exec(String(data)) ?? [];
        if (isTrusted && at) officeAt = { office: Number(at), page: now };
      });
      const say = (data: string): void => {
        if (this.readyState === WebSocket.OPEN) this.dispatchEvent(new MessageEvent('message', { data }));
      };
      const pulse = (): void => say(`42["pulse",${officeAt.office + now - officeAt.page}]`);
      const both = [add(pulse, pulseEveryMs, pulseEveryMs), add(() => say('2'), pingEveryMs, pingEveryMs)];
      this.addEventListener('close', () => both.forEach(drop));
    }
  };

  globalThis.hallShown = [];
  globalThis.hallSpoken = [];
  const urls = new WeakMap<ArrayBuffer, string>();
  Response.prototype.arrayBuffer = async function (this: Response) {
    const bytes = await (await this.blob()).arrayBuffer();
    urls.set(bytes, this.url);
    return bytes;
  };
  const none = (): void => undefined;
  const knob = { value: 0, setValueAtTime: none, exponentialRampToValueAtTime: none, setTargetAtTime: none };
  const node = () => ({
    gain: knob,
    frequency: { value: 0 },
    fftSize: 32,
    connect: (next: unknown) => next,
    stop: none,
    getFloatTimeDomainData: (samples: Float32Array) => samples.fill(1),
  });
  let tones = 0;

  class FastSound {
    readonly state = 'running';
    readonly destination = {};
    readonly createGain = node;
    readonly createAnalyser = node;
    readonly resume = () => Promise.resolve();

    get currentTime(): number {
      return now / 1000;
    }

    createOscillator() {
      // Two tones are one chime, and each announcement begins with one.
      return { ...node(), start: () => void (tones++ % 2 === 0 && globalThis.hallSpoken.push([])) };
    }

    createBufferSource() {
      const source = {
        ...node(),
        buffer: { name: '' },
        start: () => void globalThis.hallSpoken.at(-1)?.push(source.buffer.name),
      };
      return source;
    }

    decodeAudioData(bytes: ArrayBuffer) {
      return Promise.resolve({ duration: 0.45, name: urls.get(bytes)?.replace(/^.*\//, '') ?? '' });
    }
  }
  Object.assign(globalThis, { AudioContext: FastSound });
  let before = '';
  new MutationObserver(() => {
    const shown = document.querySelector('[data-testid=now-calling] strong')?.textContent;
    if (!shown || shown === before) return;
    before = shown;
    globalThis.hallShown.push(shown);
  }).observe(document, { childList: true, subtree: true, characterData: true });
}
