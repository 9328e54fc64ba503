import type { ClassId, DeskId, NeedId, OrganisationId, PaperId, QueueId, ServiceId, StaffId } from './ids.ts';
import type { Retention } from './retention.ts';
import type { Language, Texts } from './language.ts';
import type { SlipTexts } from './slip-texts.ts';

/**
 * What the office offers at this moment: the office's own data, never changed in place. An edit makes the next
 * version, with a line in the journal; tickets that wait keep what they were promised.
 */
export interface Plan {
  readonly version: number;
  readonly office: Office;
  readonly rules: OfficeRules;
  readonly retention: Retention;
  readonly classes: readonly PriorityClass[];
  readonly services: readonly Service[];
  readonly needs: readonly Need[];
  readonly papers: readonly Paper[];
  readonly organisations: readonly Organisation[];
  readonly desks: readonly Desk[];
  readonly specialists: readonly Specialist[];
}

export interface Office {
  /** The agency, as it stands at the top of every public screen. */
  readonly agency: Texts;
  /** This office of the agency. */
  readonly names: Texts;
  /** Marked on every screen; pairs the devices of its own machine by itself. */
  readonly demonstration: boolean;
  /** IANA name of the office's time zone, `Europe/Tallinn`. */
  readonly zone: string;
  readonly hours: Hours;
  /** Where the visitor waits unless the service names another place. */
  readonly waitingPlace: Texts;
  /** What a visitor can do while the office is closed. */
  readonly closedHelp: Texts;
  /** What a visitor does when no number can be given here: "take one from the holder", "go to the information desk". */
  readonly fallback: Texts;
  /** Shown in rotation on the waiting-area display. */
  readonly notices: readonly Texts[];
  readonly takesBookings: boolean;
  /** Absent: the agency's name at the top, nothing at the bottom. */
  readonly slipTexts?: SlipTexts;
}

/** Opening hours, in the office's local time. */
export type Hours =
  | { readonly kind: 'always' }
  | {
      readonly kind: 'weekly';
      /** Monday first; each day has zero or more intervals, `HH:MM` from inclusive, until exclusive. */
      readonly week: readonly (readonly Interval[])[];
      /** Single days that differ, by local date `YYYY-MM-DD`; an empty list is a closed day. */
      readonly exceptions: Readonly<Record<string, readonly Interval[]>>;
    };

export interface Interval {
  readonly from: string;
  readonly until: string;
}

/** Numbers the head of the office may set. All durations in milliseconds. */
export interface OfficeRules {
  /** Longest promise of the priority standing where no class says otherwise. */
  readonly priorityPromiseMs: number;
  readonly bookedPromiseMs: number;
  readonly returningPromiseMs: number;
  /** What the promise is shortened by when at most a quarter of the open desks can serve the service. */
  readonly scarceShorterMs: number;
  readonly callsBeforeNoShow: number;
  /** A second call is refused until this long after the first. */
  readonly secondCallAfterMs: number;
  /** How long a visitor who missed all calls keeps the place, parked. */
  readonly rejoinWindowMs: number;
  /** How long "to this person" holds before the team may call. */
  readonly personHoldMs: number;
  readonly undoWithinMs: number;
  readonly mayCallOutOfOrder: boolean;
  /** A desk that has finished calls the next visitor by itself; otherwise a person presses. */
  readonly autoCallOnFinish: boolean;
  /** How long after finishing: time to take the act back, or to pause. */
  readonly autoCallAfterMs: number;
  /** Finishing needs to be told how the service ended. */
  readonly resolutionRequired: boolean;
  /** How often one member of staff may ask: on average, and at once. */
  readonly staffPerMinute: number;
  readonly staffBurst: number;
}

/** Visitors whom the office promises a shorter wait. Who they are (with an infant, 65 and older …) is the office's setting. */
export interface PriorityClass {
  readonly id: ClassId;
  readonly names: Texts;
  /** Longest promise to them, clock to call (milliseconds). */
  readonly promiseMs: number;
}

/** How much of a service may be seen. Sensitive: its name stays on the visitor's own screens and the console. Discreet: looks in every way like the information desk. */
export type Privacy = 'ordinary' | 'sensitive' | 'discreet';

export interface Service {
  readonly id: ServiceId;
  readonly queueId: QueueId;
  /** The series of its numbers. Neutral: several services may share one. */
  readonly letter: string;
  readonly names: Texts;
  readonly privacy: Privacy;
  /** Walk-in promise, clock to call (milliseconds). */
  readonly promiseMs: number;
  /** Where this service promises something else to a class, to the booked or to those who return (milliseconds). */
  readonly ownPromises: Readonly<Partial<Record<ClassId | 'booked' | 'returning', number>>>;
  /** Configured mean desk time, used until the office has learned its own (milliseconds). */
  readonly meanServiceMs: number;
  /** `null`: the office's hours. */
  readonly hours: Hours | null;
  /** Closed to new tickets; those that wait are still served. */
  readonly closedToNew: boolean;
}

export interface Need {
  readonly id: NeedId;
  /** `null` for a topic of the first screen and for a way without topic. */
  readonly parentId: NeedId | null;
  readonly kind: 'topic' | 'leaf' | 'way';
  readonly names: Texts;
  readonly descriptions: Texts;
  /** Name of a drawing in `look/`. */
  readonly icon: string;
  readonly serviceId: ServiceId;
  /** The strictest of its own, its topic's and its service's. */
  readonly privacy: Privacy;
  readonly bring: readonly { readonly paperId: PaperId; readonly when: 'always' | 'if-applicable' }[];
  readonly online: 'yes' | 'partly' | 'no';
  /** "Not here": who does it instead. */
  readonly elsewhere: OrganisationId | null;
  readonly appointmentRecommended: boolean;
  /** Configured mean desk time (milliseconds). */
  readonly meanServiceMs: number;
}

/** Something to bring along. */
export interface Paper {
  readonly id: PaperId;
  readonly names: Texts;
}

export interface Organisation {
  readonly id: OrganisationId;
  readonly names: Texts;
  readonly phone: string | null;
}

export type PlaceKind = 'desk' | 'counter' | 'room';

export interface Desk {
  readonly id: DeskId;
  readonly kind: PlaceKind;
  /** Digits as they stand on the sign. */
  readonly number: string;
}

export interface Specialist {
  readonly id: StaffId;
  readonly name: string;
  readonly services: readonly ServiceId[];
  readonly languages: readonly Language[];
}
