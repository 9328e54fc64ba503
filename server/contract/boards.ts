import type {
  ClassId,
  DeskId,
  DeviceId,
  EpochMs,
  HelpId,
  NeedId,
  ServiceId,
  StaffId,
  TicketId,
  TicketNumber,
} from '../domain/ids.ts';
import type { AlarmKind } from '../domain/alarm.ts';
import type { Json } from '../domain/chain.ts';
import type { Language, Texts } from '../domain/language.ts';
import type { PauseReason } from '../domain/desk-state.ts';
import type { Irregularity } from '../domain/irregularity.ts';
import type { PlaceKind, Privacy } from '../domain/plan.ts';
import type { Outlook } from '../domain/promise.ts';
import type { Assistance, Outcome, ParkReason, Standing } from '../domain/ticket.ts';
import type { Why } from '../domain/why.ts';
import type { Condition as PrinterCondition } from '../../hardware/printer/status.ts';
import type { SoundState } from './requests/hall.ts';
import type { StaffRole } from './roles.ts';

/**
 * Whole boards: everything one surface shows, made on the server from the committed book. There are no differences, so
 * first load, reconnect and restart are the same code path. What a surface may not show is not in its board.
 */
export type Board = KioskBoard | DisplayBoard | DeskBoard;

/** What every board says about itself. */
interface Stamp {
  /** A new one per server process: revisions count within it. */
  readonly bootId: string;
  /** The journal's newest `seq` in it. */
  readonly revision: number;
  /** The server's clock when it was made. Screens reckon waits from it, not from their own clock. */
  readonly at: EpochMs;
  /** Which texts, needs, services and desks it speaks of; fetch the content of this version. */
  readonly planVersion: number;
  readonly demonstration: boolean;
}

/**
 * An expected wait in whole minutes, rounded outward: half of the visitors wait at most `fromMinutes`, nine of ten at
 * most `toMinutes`. `about`: not learned yet, reckoned from the length of the line. The screen never calculates.
 */
export interface WaitRange {
  readonly fromMinutes: number;
  readonly toMinutes: number;
  readonly about: boolean;
}

export interface OpeningState {
  readonly open: boolean;
  /** When it opens next (closed) or closes (open); `null` when it never does. */
  readonly changesAt: EpochMs | null;
}

export interface ServiceLoad {
  readonly serviceId: ServiceId;
  readonly open: boolean;
  readonly opensAt: EpochMs | null;
  /** People ahead of somebody who takes a number now. */
  readonly ahead: number;
  /** `null`: no open desk can serve it; show no time. */
  readonly wait: WaitRange | null;
}

export interface KioskBoard extends Stamp {
  readonly surface: 'kiosk';
  readonly opening: OpeningState;
  /** Numbers can be given. If not, those who have one are still called. */
  readonly issuing: boolean;
  readonly services: readonly ServiceLoad[];
  /** Whether paper can be expected; the number is valid without it. */
  readonly printer: PrinterCondition | 'none';
  /** Slips this kiosk asked for in the last minutes. */
  readonly slips: readonly {
    readonly ticketId: TicketId;
    readonly state: SlipState;
    /** Why it did not come out: the printer's condition, or another word of the driver. */
    readonly reason: string;
  }[];
  /** The visitor at this kiosk asked for a person. */
  readonly help: 'none' | 'called' | 'coming';
}

export type { PrinterCondition };
export type SlipState = 'printing' | 'printed' | 'not-printed' | 'unknown';

export interface PlaceView {
  readonly deskId: DeskId;
  readonly kind: PlaceKind;
  readonly number: string;
}

/** One call, as everybody may see and hear it: number, place and the visitor's language, nothing else. */
export interface CallView {
  /** Counts all calls of the office: a call is announced once. */
  readonly order: number;
  readonly number: TicketNumber;
  readonly place: PlaceView;
  readonly language: Language;
  readonly at: EpochMs;
  /** First call or the how manieth. */
  readonly times: number;
  /** `shown`: without a voice. `fetched`: the specialist comes to the visitor. The reason is not told. */
  readonly manner: 'spoken' | 'shown' | 'fetched';
  /** Shown longer than others. The reason is not told. */
  readonly long: boolean;
  /** Still called and not yet at the desk. */
  readonly current: boolean;
  /** How often staff had it said once more, since the server's start. */
  readonly repeats: number;
}

/** How many wait in one part of the waiting area, and how long. */
export interface AreaView {
  readonly areaId: string;
  readonly names: Texts;
  readonly waiting: number;
  /** In its longest queue; `null` when no desk is open for it. */
  readonly wait: WaitRange | null;
}

export interface DisplayBoard extends Stamp {
  readonly surface: 'display';
  /** IANA name of the office's time zone. */
  readonly zone: string;
  readonly agency: Texts;
  readonly office: Texts;
  readonly opening: OpeningState;
  /** The newest first, at most 12: all that can be called between two boards. */
  readonly calls: readonly CallView[];
  /** In the display's area, else in the whole office. */
  readonly waiting: number;
  /** In its longest queue; `null` when no desk is open. */
  readonly wait: WaitRange | null;
  /** The area this display stands in; `null`: it shows the whole office. */
  readonly area: Texts | null;
  /** Each area by itself, on a display of the whole office that has several. */
  readonly areas: readonly AreaView[];
  /** The newest first: what staff tell the hall now, then the office's lasting ones. */
  readonly notices: readonly Texts[];
  readonly sound: HallSound;
  /** What sizes are reckoned from. */
  readonly panel: { readonly diagonalInches: number; readonly distanceM: number };
}

/** How loud the voice is to be. */
export interface HallSound {
  /** Percent of full; 0 while it is to be silent. */
  readonly percent: number;
  /** Staff asked for silence, until then. */
  readonly silentUntil: EpochMs | null;
  /** How many sound tests staff have asked for, since the server's start. */
  readonly tests: number;
}

/** One display as its own report tells, for staff. */
export interface DisplayRow {
  readonly deviceId: DeviceId;
  readonly name: string;
  readonly connected: boolean;
  /** The area it shows; `null`: the whole office. */
  readonly areaId: string | null;
  readonly panel: { readonly diagonalInches: number; readonly distanceM: number };
  /** `null`: it has not told yet. */
  readonly report: DisplayReport | null;
}

export interface DisplayReport {
  /** The order of the call on the plate, and of the one being said. */
  readonly shown: number | null;
  readonly speaking: number | null;
  /** Calls that still wait for their announcement. */
  readonly queued: number;
  readonly sound: SoundState;
  readonly test: { readonly at: number; readonly missing: number } | null;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly readableToM: number;
  readonly at: EpochMs;
}

/** The hall as staff see it. */
export interface HallState {
  /** Of the settings: whoever edits them fetches them anew when it changes. */
  readonly version: number;
  readonly sound: HallSound;
  readonly notices: readonly { readonly id: string; readonly texts: Texts; readonly until: EpochMs }[];
  readonly displays: readonly DisplayRow[];
}

export interface WaitingRow {
  readonly ticketId: TicketId;
  readonly version: number;
  readonly number: TicketNumber;
  readonly serviceId: ServiceId;
  readonly needId: NeedId | null;
  /** The visitor said what it is about, and a restore could not bring it back: somebody has to ask again. */
  readonly needLost: boolean;
  readonly language: Language;
  readonly interpreter: boolean;
  readonly standing: Standing;
  readonly classId: ClassId | null;
  readonly assistance: readonly Assistance[];
  readonly note: string;
  readonly issuedAt: EpochMs;
  readonly clock: EpochMs;
  readonly callBy: EpochMs;
  readonly further: readonly ServiceId[];
  /** How often somebody was called before it out of order. */
  readonly overtaken: number;
  /** Whether the office keeps its word, is about to break it, or has. */
  readonly outlook: Outlook;
  /** Whether the signed-in specialist at this desk can serve it. */
  readonly mine: boolean;
  /** Sent to one desk, or held for one person. */
  readonly sentToDesk: DeskId | null;
  readonly heldFor: StaffId | null;
  readonly slip: SlipState | 'none';
}

/** What only a waiting ticket has. */
type RowOnly = 'mine' | 'sentToDesk' | 'heldFor' | 'outlook';

export interface CurrentTicket extends Omit<WaitingRow, RowOnly> {
  readonly state: 'called' | 'serving';
  readonly since: EpochMs;
  readonly calls: number;
  /** Calls the office makes before a no-show, and when the next call is allowed. */
  readonly callsRequired: number;
  readonly recallFrom: EpochMs;
}

export interface ParkedRow extends Omit<WaitingRow, RowOnly> {
  readonly deskId: DeskId;
  readonly since: EpochMs;
  readonly until: EpochMs | null;
  readonly reason: ParkReason;
}

export interface DeskRow {
  readonly deskId: DeskId;
  readonly staffId: StaffId | null;
  readonly staffName: string | null;
  readonly status: 'closed' | 'free' | 'called' | 'serving' | 'paused';
  readonly since: EpochMs;
  readonly number: TicketNumber | null;
  readonly pause: { readonly reason: PauseReason; readonly plannedEnd: EpochMs | null } | null;
}

export interface QueueRow {
  readonly serviceId: ServiceId;
  readonly waiting: number;
  readonly wait: WaitRange | null;
  readonly open: boolean;
  /** What is promised to somebody who walks in (milliseconds). */
  readonly promiseMs: number;
  /** Of those who wait: about to wait longer than promised. */
  readonly atRisk: number;
  /** Waiting longer than promised now. */
  readonly late: number;
  /** The earliest promise in it. */
  readonly nextCallBy: EpochMs | null;
}

export interface HelpRow {
  readonly helpId: HelpId;
  readonly kiosk: string;
  readonly language: Language;
  readonly since: EpochMs;
  readonly answeredBy: string | null;
}

/**
 * What is not as it should be with the office itself. With an id it has happened and stands until a head has taken note;
 * without one it is so now, and goes by itself. `body` says what it is about, in numbers and words the texts know.
 */
export interface AlarmRow {
  readonly alarmId: string | null;
  readonly kind:
    AlarmKind | 'disk-low' | 'disk-full' | 'disk-read-only' | 'audit-behind' | 'database-busy' | 'slow' | 'backup-old';
  readonly since: EpochMs;
  readonly body: { readonly [key: string]: Json };
}

/** One device as staff see it. `condition` is a word the locales know (`device.<condition>`). */
export interface DeviceRow {
  readonly deviceId: DeviceId;
  readonly kind: 'printer' | 'keypad' | 'kiosk' | 'display' | 'voice';
  readonly name: string;
  readonly state: 'ok' | 'notice' | 'trouble';
  readonly condition: string;
  readonly since: EpochMs;
}

export interface ClosedRow {
  readonly ticketId: TicketId;
  readonly number: TicketNumber;
  readonly serviceId: ServiceId;
  readonly outcome: Outcome;
  readonly at: EpochMs;
}

/** One signed-in member of staff. Another desk's visitor is on it only as a number. */
export interface DeskBoard extends Stamp {
  readonly surface: 'desk';
  readonly me: {
    readonly staffId: StaffId;
    readonly name: string;
    readonly role: StaffRole;
    readonly deskId: DeskId | null;
    readonly pause: DeskRow['pause'];
  };
  readonly opening: OpeningState;
  readonly current: CurrentTicket | null;
  /** All who wait, in promised-time order. */
  readonly waiting: readonly WaitingRow[];
  /** Whom this desk would call next, and why; `null` without a desk or when there is nobody. */
  readonly next: { readonly ticketId: TicketId; readonly number: TicketNumber; readonly why: Why } | null;
  readonly wait: WaitRange | null;
  readonly parked: readonly ParkedRow[];
  readonly calls: readonly CallView[];
  readonly queues: readonly QueueRow[];
  readonly desks: readonly DeskRow[];
  readonly help: readonly HelpRow[];
  readonly devices: readonly DeviceRow[];
  readonly hall: HallState;
  readonly alarms: readonly AlarmRow[];
  /** What this desk finished today, newest first, at most 20. */
  readonly closed: readonly ClosedRow[];
  /** The last act that can still be taken back, and until when. */
  readonly undo: {
    readonly ticketId: TicketId;
    readonly number: TicketNumber;
    readonly act: UndoableAct;
    readonly until: EpochMs;
  } | null;
  readonly mayCallOutOfOrder: boolean;
  /** Finishing needs to be told how the service ended. */
  readonly resolutionRequired: boolean;
  /** When the office calls for this desk by itself; `null` when it does not, or this desk is not ready. */
  readonly callsAt: EpochMs | null;
  /** Where desks and tickets disagree; empty in an office in order. */
  readonly repairs: readonly Irregularity[];
}

/**
 * One visitor's own ticket on their phone. Whoever photographed the slip sees it too, so it names no service, and what to
 * bring only where that tells nothing.
 */
export interface PhoneBoard extends Omit<Stamp, 'planVersion'> {
  readonly surface: 'phone';
  readonly zone: string;
  readonly agency: Texts;
  readonly office: Texts;
  readonly number: TicketNumber;
  readonly language: Language;
  /** `gone`: closed; the page shows nothing any more. */
  readonly state: 'waiting' | 'called' | 'serving' | 'parked' | 'gone';
  readonly place: PlaceView | null;
  readonly calledAt: EpochMs | null;
  readonly ahead: number;
  readonly wait: WaitRange | null;
  readonly callBy: EpochMs;
  /** A missed visitor keeps the place until then. */
  readonly keptUntil: EpochMs | null;
  /** How often the visitor may still let somebody go first; 0 while that is not offered. */
  readonly moreTimes: number;
  readonly waitingPlace: Texts;
  /** The part of the office where the desk is, else where the visitor waits; `null`: the office has no parts. */
  readonly area: Texts | null;
  /** For a service whose needs are nobody else's business: the list is opened by hand and closes by itself. */
  readonly guarded: boolean;
  /** Empty where it is guarded: then only the phone that holds the ticket has it, from its first answer. */
  readonly bring: BringList;
}

export type BringList = readonly { readonly names: Texts; readonly when: 'always' | 'if-applicable' }[];

export type UndoableAct = 'finish' | 'no-show' | 'park' | 'withdraw' | 'transfer';

/** Which privacy a service has decides what paper and public screens may carry; staff see it as a sign. */
export type { Privacy };
