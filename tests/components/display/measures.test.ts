import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import type { DisplayBoard } from '#contract/boards.ts';
import HallScreen from '#kiosk/display/HallScreen.svelte';
import '#look/tokens.css';
import '#look/base.css';
import { aCall, aHallBoard, NOW, ScriptedHall } from './scripted-hall.svelte.ts';

/** 0.7 degrees of the eye, per metre of distance (millimetres): a capital that can be read. */
const MM_PER_M = 1000 * Math.tan((0.7 * Math.PI) / 180);
const DISTANCE_M = 8;
/** Everything else on the display, at about 8 m (millimetres). */
const LEAST_TEXT_MM = 25;
const TEXT_CONTRAST = 7;
const PANELS = [
  { inches: 55, width: 1280, height: 720 },
  { inches: 55, width: 1920, height: 1080 },
  { inches: 55, width: 3840, height: 2160 },
  { inches: 55, width: 1080, height: 1920 },
  { inches: 65, width: 2160, height: 3840 },
] as const;
const AREAS = ['a', 'b', 'c'].map((areaId) => ({
  areaId,
  names: { et: `${areaId}. korrus`, en: `Floor ${areaId}`, ru: 'Этаж' },
  waiting: 12,
  wait: { fromMinutes: 10, toMinutes: 25, about: true },
}));

/** As many letters as a notice may have. */
const LONG_NOTICE =
  'Сегодня мы закрываемся в 15:00. Приносим извинения за неудобства и благодарим за понимание! Обращайтесь завтра с 9:00 до 17:00 в любое время'.slice(
    0,
    140,
  );

async function hung(panel: (typeof PANELS)[number], changes: Partial<ScriptedHall>): Promise<number> {
  await page.viewport(panel.width, panel.height);
  const hall = Object.assign(new ScriptedHall(), { board: board(panel), ...changes });
  await render(HallScreen, { hall, mmPerPx: null, distanceM: null });
  await expect.poll(() => document.documentElement.dataset.surface).toBe('display');
  await document.fonts.ready;
  expect(hall.size?.readableToM).toBeGreaterThanOrEqual(DISTANCE_M);
  return (panel.inches * 25.4) / Math.hypot(panel.width, panel.height);
}

function board({ inches }: (typeof PANELS)[number]): DisplayBoard {
  const calls = [1041, 1040, 1039, 1038, 1037].map((number) => aCall(`M${number}`, { place: place('12') }));
  return aHallBoard({ calls, areas: AREAS, panel: { diagonalInches: inches, distanceM: DISTANCE_M } });
}

function place(number: string) {
  return { ...aCall('A001').place, number };
}

describe.each(PANELS)('on a $inches-inch panel of $width × $height', (panel) => {
  test('number and place can be read from 8 m, all other text is 25 mm high, and nothing is cut', async () => {
    const mmPerPx = await hung(panel, { shown: aCall('M1042', { place: place('12'), language: 'ru' }) });
    const plate = page.getByTestId('now-calling').element();
    const number = plate.querySelector('strong');
    const to = plate.querySelector('b');
    expect(capitalMm(number, mmPerPx)).toBeGreaterThanOrEqual(DISTANCE_M * MM_PER_M - 1);
    expect(capitalMm(to, mmPerPx)).toBeGreaterThanOrEqual(DISTANCE_M * MM_PER_M - 1);
    for (const element of texts()) {
      expect(capitalMm(element, mmPerPx), element.textContent).toBeGreaterThanOrEqual(LEAST_TEXT_MM);
      const { left, right } = element.getBoundingClientRect();
      expect(left, element.textContent).toBeGreaterThanOrEqual(-1);
      expect(right, element.textContent).toBeLessThanOrEqual(panel.width + 1);
    }
    const inside = plate.getBoundingClientRect();
    for (const part of [number, to]) expect(part?.getBoundingClientRect().right).toBeLessThanOrEqual(inside.right);
  });

  test.each(['et', 'en', 'ru'] as const)(
    'a visitor who is fetched is told so in two languages, beside the number: %s',
    async (language) => {
      await hung(panel, { shown: aCall('M104', { manner: 'fetched', language, long: true }) });
      const plate = page.getByTestId('now-calling').element();
      expectInside(plate);
      const parts = [...plate.children].filter((part) => part.textContent.trim() !== '');
      for (const [i, part] of parts.entries()) {
        const above = parts[i - 1]?.getBoundingClientRect().bottom ?? 0;
        expect(part.getBoundingClientRect().top, part.textContent).toBeGreaterThanOrEqual(above - 1);
      }
    },
  );

  test('a notice as long as staff may write it has room, and the waits have their turn', async () => {
    const notices = [{ et: LONG_NOTICE, en: LONG_NOTICE, ru: LONG_NOTICE }];
    /** The foot says one thing for three languages of 8 s each. */
    const sayMs = 3 * 8_000;
    for (const areas of [AREAS, []]) {
      const seen = new Set<boolean>();
      for (const now of [NOW, NOW + sayMs]) {
        await hung(panel, { board: { ...board(panel), areas, notices }, now });
        expectInside(document.querySelector('footer'));
        seen.add(document.querySelector('footer')?.textContent.includes(LONG_NOTICE) ?? false);
        cleanup();
      }
      expect(seen).toEqual(new Set([true, false]));
    }
  });

  test('the waits of the parts of an office end before the edge', async () => {
    const wait = { fromMinutes: 100, toMinutes: 125, about: true };
    const name = 'Зал на втором этаже';
    const areas = AREAS.map((area) => ({ ...area, wait, names: { et: name, en: name, ru: name } }));
    await hung(panel, { board: { ...board(panel), areas, notices: [] } });
    await expect.element(page.getByText(name).first()).toBeVisible();
    expectInside(document.querySelector('footer'));
  });

  test('the last calls have room for every number, place and way of calling', async () => {
    const calls = [
      aCall('M1041', { place: place('999') }),
      aCall('M1040', { place: { ...place('215'), kind: 'room' } }),
      aCall('A039', { place: { ...place('12'), kind: 'counter' } }),
      aCall('M038', { place: place('12') }),
      aCall('M1037', { manner: 'fetched' }),
    ];
    await hung(panel, { board: { ...board(panel), calls }, shown: null });
    for (const row of document.querySelectorAll('section li')) expectInside(row);
  });

  test.each(['closed', 'nobody waits'])('a hall without calls has room for three languages: %s', async (state) => {
    const changesAt = (NOW + 20 * 3_600_000) as typeof NOW;
    const opening = { open: state !== 'closed', changesAt: state === 'closed' ? changesAt : null };
    for (const calls of [[], board(panel).calls]) {
      await hung(panel, { board: { ...board(panel), calls, opening, waiting: 0, areas: [] }, shown: null });
      const rest = document.querySelector('.rest');
      expectInside(rest);
      expect(rest?.getBoundingClientRect().bottom).toBeLessThanOrEqual(
        (document.querySelector('footer')?.getBoundingClientRect().top ?? 0) + 1,
      );
      cleanup();
    }
  });

  test('every text stands out from what is behind it', async () => {
    await hung(panel, { shown: aCall('M1042') });
    for (const element of texts())
      expect(contrastOf(element), element.textContent).toBeGreaterThanOrEqual(TEXT_CONTRAST);
  });

  test('that nothing can be believed is as large and as clear', async () => {
    const mmPerPx = await hung(panel, { stale: true });
    for (const element of texts()) {
      expect(capitalMm(element, mmPerPx), element.textContent).toBeGreaterThanOrEqual(LEAST_TEXT_MM);
      expect(contrastOf(element), element.textContent).toBeGreaterThanOrEqual(TEXT_CONTRAST);
    }
  });
});

/** The words themselves, not the boxes that were meant for them. */
function expectInside(box: Element | null): void {
  if (!box) throw new Error('nothing to measure');
  const { left, right, top, bottom } = box.getBoundingClientRect();
  const words = document.createRange();
  for (const element of box.querySelectorAll('*')) {
    const own = element.getBoundingClientRect();
    expect(own.top, element.textContent).toBeGreaterThanOrEqual(top - 1);
    expect(own.bottom, element.textContent).toBeLessThanOrEqual(bottom + 1);
    words.selectNodeContents(element);
    for (const part of words.getClientRects()) {
      expect(part.left, element.textContent).toBeGreaterThanOrEqual(left - 1);
      expect(part.right, element.textContent).toBeLessThanOrEqual(right + 1);
    }
  }
}

/** Every element with visible words of its own, but for the mark of a demonstration office and what is only heard. */
function texts(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.hall *')].filter(
    (element) =>
      !element.matches('.heard, .agency i') &&
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== ''),
  );
}

/** Measured on the letters themselves: how high an H of this type is on the panel. */
function capitalMm(element: Element | null, mmPerPx: number): number {
  if (!element) throw new Error('nothing to measure');
  const { fontFamily, fontSize, fontWeight } = getComputedStyle(element);
  const pen = document.createElement('canvas').getContext('2d');
  if (!pen) throw new Error('no canvas');
  pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  // The drawing is scaled to the panel as a whole.
  const zoom = Number(document.querySelector<HTMLElement>('.hall')?.style.zoom ?? 1);
  return pen.measureText('H').actualBoundingBoxAscent * zoom * mmPerPx;
}

function contrastOf(element: Element): number {
  const [text, ground] = [luminance(getComputedStyle(element).color), luminance(groundOf(element))];
  return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
}

function groundOf(element: Element | null): string {
  if (!element) return 'rgb(255, 255, 255)';
  const { backgroundColor } = getComputedStyle(element);
  return /^rgba\(.*, 0\)$/.test(backgroundColor) ? groundOf(element.parentElement) : backgroundColor;
}

/** @source WCAG 2.2, relative luminance */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
