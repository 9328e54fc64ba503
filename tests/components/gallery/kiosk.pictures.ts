import { afterEach, test } from 'vitest';
import { cdp, page } from 'vitest/browser';
import type { CDPSession } from 'vitest/browser';
import { LANGUAGES } from '#contract/language.ts';
import type { Language } from '#contract/language.ts';
import type { Session } from '#kiosk/session.svelte.ts';
import { atTheKiosk } from '../kiosk/at-the-kiosk.ts';
import { STATES } from '../kiosk/states.ts';
import { rest } from './rest.ts';

/** Half of a 21.5-inch panel: every length is in millimetres, so it looks the same. */
const HALF = { width: 540, height: 960, mm: 2.016 } as const;
const FOLDER = '../../../docs/gallery';
/** Seen by most visitors: in all languages. The rarer ones are in Estonian. */
const COMMON: ReadonlySet<string> = new Set([
  'topics',
  'sub-needs',
  'leaf',
  'elsewhere',
  'ticket, printed',
  'ticket, no paper, last seconds',
  'last seconds of a choice',
  'cannot',
  'accessibility, listening',
  'closed',
  'thanks',
]);

const LOOKS: readonly { readonly name: string; readonly state: string; readonly settings: Partial<Session> }[] = [
  ...(['white-on-black', 'black-on-white', 'low-glare'] as const).flatMap((theme) =>
    ['topics', 'ticket, printed'].map((state) => ({ name: theme, state, settings: { theme } })),
  ),
  ...([1.3, 1.6, 2] as const).map((textScale) => ({
    name: `${textScale * 100} percent`,
    state: 'leaf',
    settings: { textScale },
  })),
  { name: '200 percent', state: 'ticket, printed', settings: { textScale: 2 } },
  { name: 'low reach', state: 'start', settings: { lowReach: true } },
  { name: 'low reach', state: 'topics', settings: { lowReach: true } },
  { name: 'low reach, 200 percent', state: 'sub-needs', settings: { lowReach: true, textScale: 2, language: 'ru' } },
  { name: 'low reach', state: 'accessibility, listening', settings: { lowReach: true } },
];

afterEach(() => colours('none'));

for (const [state, reach] of Object.entries(STATES)) {
  const languages: readonly Language[] = COMMON.has(state) ? LANGUAGES : ['et'];
  test.each(languages)(`${state}, %s`, async (language) => {
    await picture(state, reach, { language }, `${state} ${language}`);
  });
}

test.each(LOOKS)('$state, $name', async ({ name, state, settings }) => {
  await picture(state, STATES[state], settings, `${state} ${settings.language ?? 'et'}, ${name}`);
});

test.each(['topics', 'ticket, printed'])('%s in colours of the visitor’s own', async (state) => {
  await colours('active');
  await picture(state, STATES[state], {}, `${state} et, forced colours`);
});

async function picture(
  state: string,
  reach: (typeof STATES)[string] | undefined,
  settings: Partial<Session>,
  name: string,
): Promise<void> {
  const at = await atTheKiosk('et', HALF);
  if (!reach) throw new Error(`no state ${state}`);
  reach(at);
  Object.assign(at.kiosk.session, settings);
  await rest();
  await page.screenshot({ path: `${FOLDER}/${name.replace(/[ ,]+/g, '-')}.png` });
}

async function colours(forced: 'active' | 'none'): Promise<void> {
  const session = cdp() as CDPSession & { send: (method: string, options: object) => Promise<unknown> };
  await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: forced }] });
}
