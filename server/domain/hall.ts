import type { DeskId, DeviceId, EpochMs, QueueId, ServiceId } from './ids.ts';
import { deskQueue } from './ids.ts';
import type { Texts } from './language.ts';
import { localTime } from './local-time.ts';
import type { Plan } from './plan.ts';

/**
 * How the waiting area and the phones behave: the office's own data, changed from the console. Never changed in place: each
 * change is the next version, with its line in the journal.
 */
export interface Hall {
  readonly version: number;
  /** Parts of the waiting area; none: the whole office is one. */
  readonly areas: readonly Area[];
  /** How loud, by the hour. */
  readonly volume: readonly VolumeStep[];
  /** Nothing is said aloud until then. It always ends: a voice that was forgotten would stay silent for weeks. */
  readonly silentUntil: EpochMs | null;
  /** What staff tell the hall beside the office's lasting notices, each with its end. */
  readonly notices: readonly HallNotice[];
  /** By device id; a display without an entry has `USUAL_PANEL`. */
  readonly panels: Readonly<Record<DeviceId, Panel>>;
  readonly phone: PhoneRules;
}

/** A part of the waiting area with its own display: the places that call there, and the services that wait there. */
export interface Area {
  /** As it stands in the display's address, `?zone=<id>`. */
  readonly id: string;
  readonly names: Texts;
  readonly deskIds: readonly DeskId[];
  readonly serviceIds: readonly ServiceId[];
}

/** From this hour of the local day on (0 to 23), this loud (percent of full). */
export interface VolumeStep {
  readonly fromHour: number;
  readonly percent: number;
}

export interface HallNotice {
  readonly id: string;
  readonly texts: Texts;
  readonly until: EpochMs;
}

/** One display as it hangs: what its sizes are reckoned from. */
export interface Panel {
  /** Of the lit picture, corner to corner. With the number of its pixels it gives millimetres per pixel. */
  readonly diagonalInches: number;
  /** From the screen to the last row of seats. */
  readonly distanceM: number;
  /** The area it stands in, unless its address names one; `null`: the whole office. */
  readonly areaId: string | null;
}

export interface PhoneRules {
  /** How often a visitor may let somebody go first. */
  readonly moreTimeAtMost: number;
  /** `first-phone`: only the phone that opened the ticket first may act, so that a photographed slip can do no harm. */
  readonly acts: 'first-phone' | 'any-phone' | 'none';
  /** Whether phones may ask for a message when the page is closed. */
  readonly messages: boolean;
}

export const USUAL_PANEL: Panel = { diagonalInches: 55, distanceM: 8, areaId: null };

/** An office that has set nothing up yet. */
export const USUAL_HALL: Hall = {
  version: 0,
  areas: [],
  volume: [{ fromHour: 0, percent: 80 }],
  silentUntil: null,
  notices: [],
  panels: {},
  phone: { moreTimeAtMost: 2, acts: 'first-phone', messages: true },
};

/** How loud the voice is now (percent); 0 while it is to be silent. Before the first step of a day the last one holds. */
export function volumeAt(hall: Hall, at: EpochMs, zone: string): number {
  if (silenceEnd(hall, at) !== null) return 0;
  const hour = Math.floor(localTime(at, zone).minute / 60);
  const steps = hall.volume.toSorted((a, b) => a.fromHour - b.fromHour);
  return (steps.findLast(({ fromHour }) => fromHour <= hour) ?? steps.at(-1))?.percent ?? 0;
}

/** When the silence that staff asked for ends; `null` while there is none. */
export function silenceEnd({ silentUntil }: Hall, at: EpochMs): EpochMs | null {
  return silentUntil !== null && at < silentUntil ? silentUntil : null;
}

/** The notices that have not ended, the newest first. */
export function liveNotices({ notices }: Hall, at: EpochMs): readonly HallNotice[] {
  return notices.filter(({ until }) => at < until).toReversed();
}

export function panelOf({ panels }: Hall, deviceId: DeviceId): Panel {
  return panels[deviceId] ?? USUAL_PANEL;
}

/** The area with this id; `null` for the whole office, and for an area that is no more: rather too many calls than none. */
export function areaById({ areas }: Hall, areaId: string | null): Area | null {
  return areas.find(({ id }) => id === areaId) ?? null;
}

/** The queues whose visitors wait in this area, each once: those of its services, and those of its desks. */
export function queuesOfArea({ deskIds, serviceIds }: Area, { services }: Pick<Plan, 'services'>): readonly QueueId[] {
  const ofServices = services.filter(({ id }) => serviceIds.includes(id)).map(({ queueId }) => queueId);
  return [...new Set([...ofServices, ...deskIds.map(deskQueue)])];
}

/** Whether a call to this desk belongs on a display of this area. */
export function callsIn(area: Area | null, deskId: DeskId): boolean {
  return area === null || area.deskIds.includes(deskId);
}

/**
 * Whether the area's count may stand alone on a public page. An area in which only sensitive or discreet services wait would
 * tell who waits there what for.
 */
export function isPublic({ serviceIds }: Area, { services }: Pick<Plan, 'services'>): boolean {
  return services.some(({ id, privacy }) => privacy === 'ordinary' && serviceIds.includes(id));
}
