import type { CallView, DisplayBoard } from '#contract/boards.ts';
import type { Measured } from '#kiosk/display/reports.ts';
import type { HallView } from '#kiosk/display/hall.svelte.ts';
import type { DeskId, EpochMs, TicketNumber } from '../../../server/domain/ids.ts';

/** 10:42 in Tallinn; the foot of the display speaks Estonian at this moment. */
export const NOW = Date.UTC(2026, 10, 24, 8, 42) as EpochMs;

export function aCall(number: string, changes: Partial<CallView> = {}): CallView {
  return {
    order: Number(number.slice(1)),
    number: number as TicketNumber,
    place: { deskId: 'laud-3' as DeskId, kind: 'desk', number: '3' },
    language: 'et',
    at: NOW,
    times: 1,
    manner: 'spoken',
    long: false,
    current: true,
    repeats: 0,
    ...changes,
  };
}

export function aHallBoard(changes: Partial<DisplayBoard> = {}): DisplayBoard {
  return {
    surface: 'display',
    bootId: 'boot',
    revision: 1,
    at: NOW,
    planVersion: 1,
    demonstration: true,
    zone: 'Europe/Tallinn',
    agency: { et: 'Amet', en: 'Board', ru: 'Департамент' },
    office: { et: 'Esindus', en: 'Office', ru: 'Отделение' },
    opening: { open: true, changesAt: null },
    calls: [],
    waiting: 12,
    wait: { fromMinutes: 15, toMinutes: 25, about: false },
    area: null,
    areas: [],
    sound: { percent: 80, silentUntil: null, tests: 0 },
    panel: { diagonalInches: 55, distanceM: 8 },
    notices: [{ et: 'Teade.', en: 'Notice.', ru: 'Сообщение.' }],
    ...changes,
  };
}

/** The hall as a script: what the screen is drawn from is set by hand. */
export class ScriptedHall implements HallView {
  board = $state.raw<DisplayBoard | null>(aHallBoard());
  stale = $state(false);
  now = $state<number>(NOW);
  lastHeard = $state<number | null>(NOW - 4 * 60_000);
  speaking = $state.raw<CallView | null>(null);
  shown = $state.raw<CallView | null>(null);
  soundAble = $state(true);

  size: Measured | null = null;

  measured(size: Measured): void {
    this.size = size;
  }

  async wakeSound(): Promise<void> {
    this.soundAble = true;
  }
}
