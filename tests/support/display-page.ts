import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { connect, pair } from './clients.ts';

declare global {
  var platesSeen: string[];
  var soundsStarted: number;
}

/** The waiting-area display, with a record of every plate it showed and every recording it began. */
export async function openWatchedDisplay(page: Page, url: string): Promise<void> {
  await page.addInitScript(() => {
    globalThis.platesSeen = [];
    globalThis.soundsStarted = 0;
    AudioContext.prototype.createBufferSource = function () {
      const source = new AudioBufferSourceNode(this);
      const play = source.start.bind(source);
      source.start = (...at) => {
        globalThis.soundsStarted += 1;
        play(...at);
      };
      return source;
    };
    new MutationObserver(() => {
      const shown = document.querySelector('[data-testid=now-calling] strong')?.textContent;
      if (shown && globalThis.platesSeen.at(-1) !== shown) globalThis.platesSeen.push(shown);
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await page.goto(`${url}/display`);
  await boardShown(page);
}

/**
 * Waits until the display shows a board it believes. That it shows no trouble says less: neither does a page that has not been
 * drawn yet, or that still asks to be let in.
 */
export async function boardShown(page: Page, timeout = 30_000): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Kutsed', exact: true })).toHaveCount(1, { timeout });
}

export function platesSeen(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => globalThis.platesSeen);
}

export function soundsStarted(page: Page): Promise<number> {
  return page.evaluate(() => globalThis.soundsStarted);
}

/** Visitors take numbers at a kiosk of this machine. @returns the numbers, in order of issue */
export async function visitorsTakeNumbers(url: string, count: number): Promise<readonly string[]> {
  return (await visitorsTakePhones(url, count)).map(({ number }) => number);
}

/** The same, with the way to each ticket on a phone. */
export async function visitorsTakePhones(
  url: string,
  count: number,
): Promise<readonly { readonly number: string; readonly phoneToken: string }[]> {
  const { socket } = await connect(url, 'kiosk', await pair(url, 'kiosk'));
  const tickets: { number: string; phoneToken: string }[] = [];
  for (let i = 0; i < count; i += 1) {
    const request = { requestId: randomUUID(), needId: 'papers.submit', language: 'en' } as const;
    const answer = await socket.emitWithAck('ticket:issue', request);
    if (!answer.ok) throw new Error(answer.error.code);
    tickets.push(answer.value);
  }
  socket.close();
  return tickets;
}
