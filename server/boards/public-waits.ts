import type { Texts } from '../domain/language.ts';
import { isPublic } from '../domain/hall.ts';
import { waitingCount } from '../domain/queue.ts';
import type { EpochMs } from '../domain/ids.ts';
import { areaView, type HallNow } from './hall.ts';
import { opening, type Moment } from './stamp.ts';
import { officeWait } from './waits.ts';

/** So many people are told apart at most: a smaller step would show one person come or go. */
const STEP = 5;

/** One part of the office, for everybody on the internet. Counts are ranges of five, waits are rounded outward to five minutes. */
export interface PublicArea {
  readonly id: string;
  readonly names: Texts;
  readonly waiting: { readonly from: number; readonly to: number };
  readonly waitMinutes: { readonly from: number; readonly to: number } | null;
}

export interface PublicWaits {
  /** When this was counted; it is counted once a minute. */
  readonly at: EpochMs;
  /** IANA name of the office's time zone. */
  readonly zone: string;
  readonly agency: Texts;
  readonly office: Texts;
  readonly open: boolean;
  readonly areas: readonly PublicArea[];
}

/** Current waits for the agency's web site: no number, no service, nobody who could be singled out. */
export function publicWaits(moment: Moment, { hall }: HallNow): PublicWaits {
  const { plan, book, now } = moment;
  const { agency, names, zone } = plan.office;
  const open = opening(moment).open;
  const whole = { areaId: 'office', names, waiting: waitingCount(book), wait: officeWait(moment) };
  const parts = hall.areas.filter((area) => isPublic(area, plan)).map((area) => areaView(moment, area));
  const areas = (parts.length > 0 ? parts : [whole]).map(({ areaId, names: called, waiting, wait }) => ({
    id: areaId,
    names: called,
    waiting: rangeOf(waiting),
    waitMinutes: open && wait ? { from: down(wait.fromMinutes), to: up(wait.toMinutes) } : null,
  }));
  return { at: now, zone, agency, office: names, open, areas };
}

/** The range of five a count lies in: 0 to 4, 5 to 9 … */
export function rangeOf(count: number): { readonly from: number; readonly to: number } {
  return { from: down(count), to: down(count) + STEP - 1 };
}

function down(value: number): number {
  return Math.floor(value / STEP) * STEP;
}

function up(value: number): number {
  return Math.max(STEP, Math.ceil(value / STEP) * STEP);
}
