import { describe, expect, test } from 'vitest';
import { areaView } from '../../../../server/boards/hall.ts';
import { displayBoard } from '../../../../server/boards/display-board.ts';
import { callNext } from '../../../../server/commands/calling.ts';
import { takeDesk } from '../../../../server/commands/desks.ts';
import { issueTicket } from '../../../../server/commands/issue-ticket.ts';
import {
  areaById,
  isPublic,
  liveNotices,
  silenceEnd,
  USUAL_HALL,
  USUAL_PANEL,
  volumeAt,
  type Area,
  type Hall,
} from '../../../../server/domain/hall.ts';
import type { DeskId, NeedId, ServiceId } from '../../../../server/domain/ids.ts';
import { at, JUHAN, KIOSK, MARI, Morning, TEN } from '../../../support/books.ts';

const ZONE = 'Europe/Tallinn';
const names = { et: 'Koht', en: 'Place', ru: 'Место' };
const UP: Area = { id: 'up', names, deskIds: ['laud-2' as DeskId], serviceIds: ['pension' as ServiceId] };
const DOWN: Area = { id: 'down', names, deskIds: ['lett-1' as DeskId], serviceIds: ['info' as ServiceId] };
const HALL: Hall = { ...USUAL_HALL, areas: [UP, DOWN] };
const NOW = { hall: HALL, repeats: new Map<number, number>(), soundTests: 0 };

describe('how loud the voice is', () => {
  const volume = [
    { fromHour: 12, percent: 70 },
    { fromHour: 8, percent: 50 },
  ];

  test('follows the hour of the office, whatever the order of the steps', () => {
    const hall = { ...USUAL_HALL, volume };
    expect(volumeAt(hall, TEN, ZONE)).toBe(50);
    expect(volumeAt(hall, at(119), ZONE)).toBe(50);
    expect(volumeAt(hall, at(120), ZONE)).toBe(70);
  });

  test('before the first step of the day is what it was the evening before', () => {
    expect(volumeAt({ ...USUAL_HALL, volume }, at(-180), ZONE)).toBe(70);
  });

  test('is nothing while staff want silence, and silence ends by itself', () => {
    const hall = { ...USUAL_HALL, volume, silentUntil: at(15) };
    expect(volumeAt(hall, at(14), ZONE)).toBe(0);
    expect(silenceEnd(hall, at(14))).toBe(at(15));
    expect(volumeAt(hall, at(15), ZONE)).toBe(50);
    expect(silenceEnd(hall, at(15))).toBeNull();
  });
});

test('notices are shown until they end, the newest first', () => {
  const notices = ['a', 'b'].map((id, i) => ({ id, texts: names, until: at(10 + i) }));
  const hall = { ...USUAL_HALL, notices };
  expect(liveNotices(hall, at(9)).map(({ id }) => id)).toEqual(['b', 'a']);
  expect(liveNotices(hall, at(10)).map(({ id }) => id)).toEqual(['b']);
});

describe('areas', () => {
  const morning = new Morning();
  const take = (needId: string) =>
    morning.must(issueTicket, { needId: needId as NeedId, language: 'et' }, KIOSK, at(0)).number;
  take('pension.old_age');
  take('papers.submit');
  take('papers.submit');
  const moment = () => ({ book: morning.book, plan: morning.plan, now: at(1), bootId: 'boot' });

  test('count who waits for their services', () => {
    expect(areaView(moment(), UP).waiting).toBe(1);
    expect(areaView(moment(), DOWN).waiting).toBe(2);
  });

  test('a display of one area shows the calls of its desks and who waits there; one of the whole office all of them', () => {
    morning.must(takeDesk, { deskId: 'lett-1' as DeskId, takeOver: false }, MARI, at(1));
    morning.must(takeDesk, { deskId: 'laud-2' as DeskId, takeOver: false }, JUHAN, at(1));
    const first = morning.must(callNext, {}, MARI, at(1)).number;
    const second = morning.must(callNext, {}, JUHAN, at(1)).number;
    const shown = (areaId: string | null) => displayBoard(moment(), NOW, { ...USUAL_PANEL, areaId });
    expect(shown('down').calls.map(({ number }) => number)).toEqual([first]);
    expect(shown('up').calls.map(({ number }) => number)).toEqual([second]);
    expect(shown(null).calls.map(({ number }) => number)).toEqual([second, first]);
    expect(shown(null).areas.map(({ areaId }) => areaId)).toEqual(['up', 'down']);
    expect(shown('down')).toMatchObject({ area: names, areas: [], waiting: areaView(moment(), DOWN).waiting });
  });

  test('a display of an area that is no more shows the whole office: rather too many calls than none', () => {
    expect(areaById(HALL, 'gone')).toBeNull();
    expect(displayBoard(moment(), NOW, { ...USUAL_PANEL, areaId: 'gone' }).calls).toHaveLength(2);
  });

  test('an area where only sensitive services wait stands on no public page', () => {
    const services = morning.plan.services.map((service) => ({ ...service, privacy: 'ordinary' as const }));
    const sensitive = services.map((one) => (one.id === 'pension' ? { ...one, privacy: 'sensitive' as const } : one));
    expect(isPublic(UP, { services })).toBe(true);
    expect(isPublic(UP, { services: sensitive })).toBe(false);
  });
});

test('a repeat that staff asked for reaches the display with its call', () => {
  const morning = new Morning();
  morning.must(issueTicket, { needId: 'papers.submit' as NeedId, language: 'et' }, KIOSK, at(0));
  morning.must(takeDesk, { deskId: 'lett-1' as DeskId, takeOver: false }, MARI, at(0));
  morning.must(callNext, {}, MARI, at(1));
  const moment = { book: morning.book, plan: morning.plan, now: at(1), bootId: 'boot' };
  const repeats = new Map([[1, 2]]);
  expect(displayBoard(moment, { ...NOW, repeats }, USUAL_PANEL).calls).toMatchObject([{ order: 1, repeats: 2 }]);
});
