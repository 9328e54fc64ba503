import type { BringList, PhoneBoard } from '#contract/boards.ts';
import type { Language } from '#contract/language.ts';
import type { NotDone, OwnBoard, OwnTicketView } from '#kiosk/phone/own-ticket.svelte.ts';
import type { DeskId, EpochMs, TicketNumber } from '../../../server/domain/ids.ts';

/** 10:42 in Tallinn. */
export const NOW = Date.UTC(2026, 10, 24, 8, 42) as EpochMs;
export const DESK_3 = { deskId: 'laud-3' as DeskId, kind: 'desk', number: '3' } as const;

export function aPhoneBoard(changes: Partial<PhoneBoard> = {}): PhoneBoard {
  return {
    surface: 'phone',
    bootId: 'boot',
    revision: 1,
    at: NOW,
    demonstration: true,
    zone: 'Europe/Tallinn',
    agency: { et: 'Amet', en: 'Board', ru: 'Департамент' },
    office: { et: 'Esindus', en: 'Office', ru: 'Отделение' },
    number: 'K042' as TicketNumber,
    language: 'et',
    state: 'waiting',
    place: null,
    calledAt: null,
    ahead: 7,
    wait: { fromMinutes: 15, toMinutes: 25, about: false },
    callBy: (NOW + 20 * 60_000) as EpochMs,
    keptUntil: null,
    moreTimes: 2,
    area: null,
    guarded: false,
    waitingPlace: { et: 'Palun oodake saalis', en: 'Please wait in the hall', ru: 'Пожалуйста, подождите в зале' },
    bring: [
      { names: { et: 'Dokument', en: 'Document', ru: 'Документ' }, when: 'always' },
      { names: { et: 'Foto', en: 'Photo', ru: 'Фото' }, when: 'if-applicable' },
    ],
    ...changes,
  };
}

/** One visitor's ticket as a script: boards are set by hand, and what is asked for is kept. */
export class ScriptedTicket implements OwnTicketView {
  board = $state.raw<OwnBoard | null>(aPhoneBoard());
  language = $state<Language | null>('et');
  stale = $state(false);
  lastHeard = $state<number | null>(NOW);
  holds = $state<boolean | null>(true);
  bring = $state.raw<BringList>(aPhoneBoard().bring);
  signal = $state(false);
  messages = $state(false);
  withdrawals = 0;
  moreTimes = 0;
  /** Why the office says no; `null`: it agrees. */
  no: NotDone | null = null;

  async withdraw(): Promise<NotDone | null> {
    this.withdrawals += 1;
    if (this.no === null) this.board = { surface: 'phone', state: 'gone' };
    return this.no;
  }

  async moreTime(): Promise<NotDone | null> {
    this.moreTimes += 1;
    return this.no;
  }

  async wantSignal(): Promise<void> {
    this.signal = true;
  }
}
