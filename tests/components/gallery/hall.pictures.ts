import { test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { DisplayBoard } from '#contract/boards.ts';
import HallScreen from '#kiosk/display/HallScreen.svelte';
import '#look/tokens.css';
import '#look/base.css';
import { demonstrationPlan } from '../../../server/content/demonstration.ts';
import type { EpochMs } from '../../../server/domain/ids.ts';
import { aCall, aHallBoard, NOW, ScriptedHall } from '../display/scripted-hall.svelte.ts';
import { docPicture } from './rest.ts';

/** The foot speaks one language for 8 s. */
const TURN_MS = 8_000;
const SMALL = [1280, 720] as const;
const { agency, names, notices } = demonstrationPlan().office;
const LAST = ['A103', 'M019', 'K042', 'A102', 'R007'].map((number, i) =>
  aCall(number, { place: { ...aCall(number).place, number: String(1 + ((i * 5) % 12)) }, current: false }),
);
const EARLY = {
  et: 'Täna sulgeme kell 15:00.',
  en: 'Today we close at 15:00.',
  ru: 'Сегодня мы закрываемся в 15:00.',
};
/** Nine o'clock in the morning of the next day. */
const OPENS = (NOW + (22 * 60 + 18) * 60_000) as EpochMs;
const AREAS = [
  {
    areaId: '1',
    names: { et: 'I korrus', en: 'Ground floor', ru: '1-й этаж' },
    waiting: 9,
    wait: { fromMinutes: 10, toMinutes: 20, about: false },
  },
  {
    areaId: '2',
    names: { et: 'II korrus', en: 'First floor', ru: '2-й этаж' },
    waiting: 3,
    wait: { fromMinutes: 5, toMinutes: 15, about: false },
  },
];

function board(changes: Partial<DisplayBoard> = {}): DisplayBoard {
  return aHallBoard({ agency, office: names, notices, calls: LAST, ...changes });
}

/** Looked at so many turns of the foot later. */
function after(turns: number): { readonly now: number } {
  return { now: NOW + turns * TURN_MS };
}

const CALLED = { shown: aCall('A104', { language: 'ru' }) };

const PICTURES: readonly (readonly [string, readonly [number, number], Partial<ScriptedHall>])[] = [
  ['called', SMALL, CALLED],
  ['called-1080p', [1920, 1080], CALLED],
  ['called-4k', [3840, 2160], CALLED],
  ['called-upright', [1080, 1920], CALLED],
  ['called-five-signs', SMALL, { shown: aCall('M1042', { language: 'en' }), ...after(1) }],
  ['fetched', SMALL, { shown: aCall('A105', { manner: 'fetched', language: 'en', long: true }), ...after(1) }],
  ['nobody-called', SMALL, { ...after(2) }],
  ['nobody-waits', SMALL, { board: board({ waiting: 0, calls: [] }) }],
  ['areas', SMALL, { ...CALLED, board: board({ areas: AREAS, notices: [] }) }],
  ['notice', SMALL, { ...CALLED, board: board({ notices: [EARLY, ...notices] }), ...after(1 + 15 * 3) }],
  [
    'silence',
    SMALL,
    {
      ...CALLED,
      board: board({ notices: [], sound: { percent: 0, silentUntil: (NOW + 60_000) as EpochMs, tests: 0 } }),
    },
  ],
  ['no-sound', SMALL, { ...CALLED, soundAble: false }],
  ['closed', SMALL, { board: board({ waiting: 0, calls: [], opening: { open: false, changesAt: OPENS } }) }],
  ['stale', SMALL, { stale: true }],
  ['stale-upright', [1080, 1920], { stale: true }],
];

test.each(PICTURES)('the hall: %s', async (name, [width, height], changes) => {
  await page.viewport(width, height);
  const hall = Object.assign(new ScriptedHall(), { board: board() }, changes);
  await render(HallScreen, { hall, mmPerPx: null, distanceM: null });
  await docPicture(`hall-${name}`);
});
