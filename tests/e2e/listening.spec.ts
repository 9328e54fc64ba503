import type { Page } from '@playwright/test';
import { clipId, sentencesOf } from '../../locales/clip-id.ts';
import { catalogue, type Texts } from '../../locales/catalogue.ts';
import { demonstrationPlan } from '../../server/content/demonstration.ts';
import { LANGUAGES, type Language } from '../../server/contract/language.ts';
import { atKeypad, FIVE_KEYS, KEYPAD, Listener, TWO_SWITCHES } from '../support/listener.ts';
import { expect, newPage, test } from '../support/office.ts';

const PANEL = { width: 1080, height: 1920 };
const NAMES: Readonly<Record<Language, string>> = { et: 'Eesti', en: 'English', ru: 'Русский' };

function words(language: Language, path: string): string {
  const [namespace = '', ...keys] = path.split('.');
  const found = keys.reduce<Texts | string>(
    (texts, key) => (typeof texts === 'string' ? texts : (texts[key] ?? '')),
    catalogue(language)[namespace as 'kiosk'],
  );
  if (typeof found !== 'string' || found === '') throw new Error(`no text ${path}`);
  return found;
}

function needName(id: string, language: Language): string {
  return demonstrationPlan().needs.find((need) => need.id === id)?.names[language] ?? '';
}

/** What the kiosk asked the office for, as it went over the line. */
function asked(page: Page): { needId: string; language: string }[] {
  const requests: { needId: string; language: string }[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const found = /\["ticket:issue",(\{.*\})\]$/.exec(String(payload))?.[1];
      if (found !== undefined) {
        const { needId, language } = JSON.parse(found) as { needId: string; language: string };
        requests.push({ needId, language });
      }
    }),
  );
  return requests;
}

for (const language of LANGUAGES) {
  for (const [name, keys] of [
    ['five keys', FIVE_KEYS],
    ['two switches', TWO_SWITCHES],
  ] as const) {
    test(`a visitor who only listens takes the same ticket with ${name}, in ${language}`, async ({
      office,
      browser,
    }) => {
      const page = await newPage(browser, PANEL);
      const blind = asked(page);
      const visitor = await Listener.at(page, office.url, keys);

      const welcome = await visitor.press(keys.next);
      expect(welcome).toEqual(
        expect.arrayContaining([words('et', 'kiosk.start.welcome'), words('et', 'kiosk.start.question')]),
      );
      for (const each of LANGUAGES) expect(welcome).toContain(words(each, 'speech.begin'));
      await visitor.moveTo(NAMES[language]);
      await visitor.select(words(language, 'kiosk.topics.title'));

      const topic = await visitor.moveTo(needName('pension', language));
      expect(topic.slice(-2)).toEqual([words(language, 'speech.button'), expect.stringMatching(/^1\b.*\b19$/)]);
      await visitor.select(words(language, 'kiosk.subneeds.lead'));
      await visitor.moveTo(needName('pension.old_age', language));
      const leaf = await visitor.select(words(language, 'kiosk.leaf.bring'));
      expect(leaf[0]).toBe(needName('pension.old_age', language));
      await visitor.moveTo(words(language, 'kiosk.leaf.take'));
      const number = await visitor.select(words(language, 'kiosk.ticket.yours'));
      expect(number.slice(0, 3)).toEqual([words(language, 'kiosk.ticket.yours'), 'K001', 'K001']);

      expect(await visitor.unrecorded()).toEqual([]);
      await expect.poll(async () => (await visitor.sound()).played).toBeGreaterThan(0);
      expect((await visitor.sound()).atOnce).toBe(1);

      const touching = await newPage(browser, PANEL);
      const touched = asked(touching);
      await touching.goto(office.url);
      await touching.getByTestId(`lang-${language}`).first().click();
      for (const id of ['need-pension', 'need-pension.old_age', 'take-ticket']) await touching.getByTestId(id).click();
      await expect(touching.getByTestId('ticket-number')).toHaveText('K002');
      expect(blind).toEqual([{ needId: 'pension.old_age', language }]);
      expect(touched).toEqual(blind);
      for (const open of [page, touching]) await open.context().close();
    });
  }
}

test('settings by key are confirmed and forgotten with the visit', async ({ office, browser }) => {
  const page = await newPage(browser, PANEL);
  const visitor = await Listener.at(page, office.url, FIVE_KEYS);
  expect((await visitor.press('F1'))[0]).toBe(words('et', 'kiosk.start.welcome'));
  expect(await visitor.press('F3')).toEqual(['Helitugevus 4\u00A0/\u00A05']);
  expect(await visitor.press('F2')).toEqual(['Kiirus 3\u00A0/\u00A05']);
  expect(await visitor.press('F1')).toEqual(expect.arrayContaining([words('et', 'speech.keys')]));
  await visitor.moveTo(NAMES.en);
  await visitor.select(words('en', 'kiosk.topics.title'));
  await visitor.moveTo(words('en', 'kiosk.key.accessibility'));
  await visitor.select(words('en', 'kiosk.access.title'));
  expect(await visitor.moveTo('Larger')).toEqual(['Larger', 'button', 'not chosen', expect.any(String)]);
  expect((await visitor.select('button chosen')).slice(0, 3)).toEqual(['Larger', 'button', 'chosen']);
  await page.context().close();
});

test('headphones at the keypad begin speech; a private need is heard in them, and nowhere when they are pulled out', async ({
  office,
  browser,
}) => {
  const page = await newPage(browser, PANEL);
  const visitor = await Listener.at(page, office.url, KEYPAD);
  await atKeypad(office.url, { jack: 'in' });
  await visitor.hears(words('et', 'kiosk.start.welcome'));
  await visitor.moveTo(NAMES.en);
  await visitor.select(words('en', 'kiosk.topics.title'));
  await visitor.moveTo(needName('disability', 'en'));
  await visitor.select(words('en', 'kiosk.subneeds.lead'));
  await visitor.moveTo(needName('disability.benefit', 'en'));
  const leaf = await visitor.select(words('en', 'kiosk.leaf.bring'));
  expect(leaf[0]).toBe(needName('disability.benefit', 'en'));
  await visitor.moveTo(words('en', 'kiosk.leaf.take'));
  expect((await visitor.select(words('en', 'kiosk.ticket.yours'))).slice(1, 3)).toEqual(['T001', 'T001']);
  await atKeypad(office.url, { jack: 'out' });
  await expect.poll(() => page.evaluate(() => globalThis.playing.size)).toBe(0);
  await page.context().close();
});

test('for words that nobody recorded the kiosk says so, and that there is a screen and a person', async ({
  office,
  browser,
}) => {
  const page = await newPage(browser, PANEL);
  // The only recordings there are now: whatever sounds is one of these.
  const look = sentencesOf(words('et', 'speech.look')).map(clipId);
  await page.route('**/voice/*.json', (route) => route.fulfill({ json: { clips: look } }));
  const visitor = await Listener.at(page, office.url, FIVE_KEYS);
  await visitor.press('F1');
  await expect.poll(async () => (await visitor.sound()).played, { timeout: 60_000 }).toBeGreaterThan(0);
  await page.context().close();
});
