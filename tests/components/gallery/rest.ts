import { cdp, commands } from 'vitest/browser';
import type { CDPSession } from 'vitest/browser';

/** Where pictures for the pages of `docs/` go. */
const PICTURES = 'docs/pictures';
/** Of a hundred: letters stay sharp, and the largest screen stays below 150 kB. */
const QUALITY = 60;

/** Words, pages and the fade of a new screen. */
export async function rest(): Promise<void> {
  await document.fonts.ready;
  for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame);
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)));
}

/** The whole screen as a small picture of the documentation. */
export async function docPicture(name: string): Promise<void> {
  await rest();
  const session = cdp() as CDPSession & { send: (method: string, options: object) => Promise<{ data: string }> };
  const options = { format: 'webp', quality: QUALITY, optimizeForSpeed: false };
  const { data } = await session.send('Page.captureScreenshot', options);
  await commands.writeFile(`${PICTURES}/${name}.webp`, data, 'base64');
}
