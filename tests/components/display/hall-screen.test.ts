import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import HallScreen from '#kiosk/display/HallScreen.svelte';
import '#look/tokens.css';
import '#look/base.css';
import { aCall, aHallBoard, NOW, ScriptedHall } from './scripted-hall.svelte.ts';

const PANEL = { mmPerPx: null, distanceM: null };
const NOTICE_MS = 8_000;

async function inTheHall(changes: Partial<ScriptedHall> = {}, width = 1920, height = 1080): Promise<ScriptedHall> {
  await page.viewport(width, height);
  const hall = Object.assign(new ScriptedHall(), changes);
  await render(HallScreen, { hall, ...PANEL });
  await expect.poll(() => document.documentElement.dataset.surface).toBe('display');
  await document.fonts.ready;
  return hall;
}

const plate = page.getByTestId('now-calling');

describe('the plate', () => {
  test('shows number and place, and says it in the visitor’s language above', async () => {
    await inTheHall({ shown: aCall('A1042', { language: 'ru' }) });
    await expect.element(plate).toMatchTextContent(/A1042/);
    await expect.element(plate).toMatchTextContent(/Laud 3/);
    await expect.element(plate.getByText('Номер A1042, стол 3')).toHaveAttribute('lang', 'ru');
  });

  test('does not say the same twice to who speaks Estonian', async () => {
    await inTheHall({ shown: aCall('A042') });
    expect(plate.element().textContent.match(/A042/g)).toHaveLength(1);
  });

  test('sends nobody to a desk when the specialist comes to the visitor', async () => {
    await inTheHall({ shown: aCall('A042', { manner: 'fetched', language: 'en' }) });
    await expect.element(plate).toMatchTextContent(/a member of staff comes to you/);
    await expect.element(plate).not.toMatchTextContent(/Laud/);
  });

  test.each([
    [1920, 1080],
    [1280, 720],
    [3840, 2160],
    [1080, 1920],
  ])('stays inside the panel with five signs and the last five calls at %i × %i', async (width, height) => {
    const calls = ['M1041', 'M1040', 'M1039', 'M1038', 'M1037', 'M1036'].map((number) => aCall(number));
    await inTheHall({ board: aHallBoard({ calls }), shown: aCall('M1042') }, width, height);
    await expect.element(page.getByTestId('call-M1037')).toBeVisible();
    await expect.element(page.getByTestId('call-M1036')).not.toBeInTheDocument();
    const inside = plate.element().getBoundingClientRect();
    for (const part of plate.element().querySelectorAll('strong, b')) {
      expect(part.getBoundingClientRect().right).toBeLessThanOrEqual(inside.right);
    }
    const foot = document.querySelector('footer')?.getBoundingClientRect();
    const last = page.getByTestId('call-M1037').element().getBoundingClientRect();
    expect(last.bottom).toBeLessThanOrEqual((foot?.top ?? 0) + 1);
    expect(foot?.bottom).toBeLessThanOrEqual(height + 1);
  });
});

describe('when the office cannot be heard', () => {
  test('no call is shown, in three languages, with the time of the last message', async () => {
    const calls = [aCall('A041')];
    await inTheHall({ board: aHallBoard({ calls }), shown: aCall('A042'), stale: true });
    await expect.element(page.getByTestId('stale')).toMatchTextContent(/Tabloo ei näita praegu kutseid/);
    await expect.element(page.getByTestId('stale')).toMatchTextContent(/Your number is valid\./);
    await expect.element(page.getByTestId('stale')).toMatchTextContent(/Ваш номер действует\./);
    await expect.element(page.getByText('Viimane teade kell 10:38, 4 min tagasi')).toBeVisible();
    await expect.element(plate).not.toBeInTheDocument();
    await expect.element(page.getByTestId('call-A041')).not.toBeInTheDocument();
    await expect.element(page.getByText('Ootel')).not.toBeInTheDocument();
  });

  test('calls are back with the line', async () => {
    const hall = await inTheHall({ shown: aCall('A042'), stale: true });
    hall.stale = false;
    await expect.element(plate).toMatchTextContent(/A042/);
  });
});

describe('the foot', () => {
  test('says how many wait and how long', async () => {
    await inTheHall();
    await expect.element(page.getByText('Ootel 12 inimest')).toBeVisible();
    await expect.element(page.getByText('Ooteaeg 15–25 min')).toBeVisible();
  });

  test('takes turns in three languages and never mixes them', async () => {
    const hall = await inTheHall();
    const seen = new Set<string>();
    for (const turn of [0, 1, 2]) {
      hall.now = NOW + turn * NOTICE_MS;
      await expect.poll(() => document.querySelector('footer')?.lang).not.toBe([...seen].at(-1));
      const foot = document.querySelector('footer');
      const text = foot?.textContent ?? '';
      expect(/\p{Script=Cyrillic}/u.test(text)).toBe(foot?.lang === 'ru');
      seen.add(foot?.lang ?? '');
    }
    expect([...seen].sort()).toEqual(['en', 'et', 'ru']);
  });

  test('says that no sound can be heard, until somebody touches the screen', async () => {
    const hall = await inTheHall({ soundAble: false });
    await expect.element(page.getByTestId('no-sound')).toBeVisible();
    await page.elementLocator(document.body).click();
    expect(hall.soundAble).toBe(true);
    await expect.element(page.getByTestId('no-sound')).not.toBeInTheDocument();
  });
});

describe('when nobody is called', () => {
  test('an office without visitors says so in three languages', async () => {
    await inTheHall({ board: aHallBoard({ waiting: 0 }) });
    await expect.element(page.getByText('Võtke palun number kioskist', { exact: false })).toBeVisible();
    await expect.element(page.getByText('Nobody is waiting. Please', { exact: false })).toBeVisible();
  });

  test('a closed office says when it opens', async () => {
    const changesAt = (NOW + 20 * 3_600_000) as typeof NOW;
    await inTheHall({ board: aHallBoard({ opening: { open: false, changesAt } }) });
    await expect.element(page.getByText('We open on Wednesday at 06:42', { exact: false })).toBeVisible();
  });
});
