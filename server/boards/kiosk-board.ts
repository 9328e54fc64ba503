import type { KioskBoard, SlipState } from '../contract/boards.ts';
import type { Book } from '../domain/book.ts';
import type { DeviceId } from '../domain/ids.ts';
import type { Slip } from '../domain/slip.ts';
import { opening, stamp, type Moment } from './stamp.ts';
import { serviceLoad } from './waits.ts';

/** A kiosk asks about its slips only while their visitor stands in front of it. */
const SLIPS_SHOWN_MS = 5 * 60_000;

/** What all kiosks share: made once, however many there are. */
export type SharedKioskBoard = Omit<KioskBoard, 'slips' | 'help'>;

export function sharedKioskBoard(moment: Moment, printer: KioskBoard['printer'], issuing: boolean): SharedKioskBoard {
  return {
    surface: 'kiosk',
    ...stamp(moment),
    opening: opening(moment),
    issuing,
    services: moment.plan.services.map((service) => serviceLoad(moment, service)),
    printer,
  };
}

/** One kiosk's own board: its slips, and whether a person was asked for there. */
export function kioskBoard(shared: SharedKioskBoard, book: Book, deviceId: DeviceId): KioskBoard {
  const slips = (book.recentSlips.get(deviceId) ?? []).flatMap((ticketId) => {
    const slip = book.slips.get(ticketId);
    return slip && shared.at - slip.at < SLIPS_SHOWN_MS
      ? [{ ticketId, state: slipState(slip), reason: slip.reason }]
      : [];
  });
  const call = book.help.find((help) => help.deviceId === deviceId);
  return { ...shared, slips, help: call === undefined ? 'none' : call.answeredBy === null ? 'called' : 'coming' };
}

export function slipState({ state }: Slip): SlipState {
  return state === 'sent' ? 'printing' : state;
}
