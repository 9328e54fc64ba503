import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { CallView, DisplayRow } from '#contract/boards.ts';
import type { Language } from '#contract/language.ts';
import { aBoard } from '../../unit/console/a-board.ts';
import { aCall } from '../display/scripted-hall.svelte.ts';
import { atTheDesk, key, type AtTheDesk } from './at-the-desk.ts';
import { answering } from './scripted-line.svelte.ts';

const DISPLAY = {
  deviceId: 'display-1' as DisplayRow['deviceId'],
  name: '1',
  connected: true,
  areaId: null,
  panel: { diagonalInches: 55, distanceM: 8 },
  report: {
    at: aBoard().at,
    shown: 42,
    speaking: 43,
    queued: 2,
    sound: 'able',
    widthPx: 1920,
    heightPx: 1080,
    readableToM: 8.6,
    test: null,
  },
} as const satisfies DisplayRow;
const SETTINGS = {
  version: 0,
  areas: [],
  volume: [{ fromHour: 0, percent: 80 }],
  silentUntil: null,
  notices: [],
  panels: {},
  phone: { moreTimeAtMost: 2, acts: 'first-phone', messages: true },
};

/** The hall's section as a specialist or the head sees it. */
async function inTheHall(
  { display = {}, calls = [aCall('A043'), aCall('A042')], hall = {}, role = 'specialist' as const }: Wanted = {},
  language: Language = 'en',
): Promise<AtTheDesk> {
  const usual = aBoard();
  const board = aBoard({
    me: { ...usual.me, role },
    calls,
    hall: { ...usual.hall, displays: [{ ...DISPLAY, ...display }], ...hall },
  });
  const opened = await atTheDesk(board, language);
  opened.line.reply = answering({ 'hall:settings': SETTINGS });
  await key('page-office').click();
  await key('section-hall').click();
  return opened;
}

interface Wanted {
  readonly display?: Partial<DisplayRow>;
  readonly calls?: readonly CallView[];
  readonly hall?: Partial<ReturnType<typeof aBoard>['hall']>;
  readonly role?: 'specialist' | 'head';
}

const asked = ({ line }: AtTheDesk, name: string) => line.asked.filter((one) => one.name === name);

describe('what a display shows and says now', () => {
  test('the number on its plate, the one being said, and how many are still to be said', async () => {
    await inTheHall();
    await expect.element(key('display-shows')).toMatchTextContent(/A042\s*Desk 3/);
    await expect.element(key('display-says')).toMatchTextContent(/A043 → Desk 3 \(2 more calls waiting\)/);
    await expect.element(key('display-sound')).toMatchTextContent(/can be heard/);
  });

  test('that nothing is called, that it has no line, that it may not play sound', async () => {
    const { line } = await inTheHall({ display: { report: { ...DISPLAY.report, shown: null, sound: 'blocked' } } });
    await expect.element(key('display-shows')).toMatchTextContent(/No call/);
    await expect.element(key('display-sound')).toMatchTextContent(/the browser forbids sound/);
    const { hall } = aBoard();
    line.board = aBoard({ revision: 2, hall: { ...hall, displays: [{ ...DISPLAY, connected: false }] } });
    await expect.element(key('display-1')).toMatchTextContent(/No connection/);
    await expect.element(key('display-shows')).not.toBeInTheDocument();
  });
});

test('how far it can be read is written as the language writes numbers', async () => {
  await inTheHall({}, 'ru');
  await expect.element(key('display-1')).toMatchTextContent(/до 8,6 м/);
});

describe('what staff do about it', () => {
  test('a call that is still awaited is said again, an old one is not', async () => {
    const opened = await inTheHall({ calls: [aCall('A043'), aCall('A042', { current: false })] });
    await key('repeat-A043').click();
    expect(asked(opened, 'hall:repeat')).toMatchObject([{ request: { order: 43 } }]);
    await expect.element(key('repeat-A042')).not.toBeInTheDocument();
  });

  test('silence has an end, and can be ended', async () => {
    const opened = await inTheHall();
    await key('silence-15').click();
    expect(asked(opened, 'hall:silence')).toMatchObject([{ request: { minutes: 15 } }]);
    const { hall, at } = aBoard();
    opened.line.board = aBoard({ revision: 2, hall: { ...hall, sound: { percent: 0, silentUntil: at, tests: 0 } } });
    await expect.element(key('hall-loudness')).toMatchTextContent(/No call is said aloud until/);
    await key('sound-on').click();
    expect(asked(opened, 'hall:silence')[1]).toMatchObject({ request: { minutes: null } });
  });

  test('a notice goes to the hall only in all three languages', async () => {
    const opened = await inTheHall();
    await key('notice-et').fill('Lift ei tööta.');
    await expect.element(key('show-notice')).toHaveAttribute('aria-disabled', 'true');
    await key('notice-en').fill('The lift does\nnot work.');
    await key('notice-ru').fill('Лифт не работает.');
    await key('show-notice').click();
    const texts = { et: 'Lift ei tööta.', en: 'The lift does not work.', ru: 'Лифт не работает.' };
    expect(asked(opened, 'hall:notice')).toMatchObject([{ request: { texts, minutes: 120 } }]);
    await expect.element(key('notice-et')).toHaveValue('');
  });

  test.each(['et', 'en', 'ru'] as const)('what is told often is ready in three languages (%s)', async (language) => {
    const opened = await inTheHall({}, language);
    await key('ready-closes').click();
    await key('show-notice').click();
    const texts = {
      et: 'Täna sulgeme kell 15:00.',
      en: 'Today we close at 15:00.',
      ru: 'Сегодня мы закрываемся в 15:00.',
    };
    expect(asked(opened, 'hall:notice')).toMatchObject([{ request: { texts } }]);
  });

  test('the notices of now stand there in three languages, and can be ended', async () => {
    const texts = { et: 'Lift ei tööta.', en: 'The lift does not work.', ru: 'Лифт не работает.' };
    const opened = await inTheHall({ hall: { notices: [{ id: 'lift', texts, until: aBoard().at }] } });
    for (const one of Object.values(texts)) await expect.element(page.getByText(one)).toBeVisible();
    await key('end-notice').click();
    expect(asked(opened, 'hall:end-notice')).toMatchObject([{ request: { noticeId: 'lift' } }]);
  });
});

describe('how the hall is set up', () => {
  test('is no matter of a specialist', async () => {
    await inTheHall();
    await expect.element(key('display-shows')).toBeVisible();
    await expect.element(key('hall-settings')).not.toBeInTheDocument();
  });

  test('is the head’s, and folded away', async () => {
    const opened = await inTheHall({ role: 'head' });
    await expect.element(key('save-volume')).not.toBeVisible();
    await key('hall-settings').getByText('Settings of the hall and the phone').click();
    await key('save-volume').click();
    expect(asked(opened, 'hall:set-volume')).toMatchObject([{ request: { volume: SETTINGS.volume } }]);
  });
});
