/** What a printer can be: what a person has to do about it, in a word. Visitors and staff have a sentence for each. */
export type Condition =
  | 'ok'
  | 'paper-low'
  | 'paper-out'
  | 'cover-open'
  | 'cutter-error'
  | 'cooling'
  | 'fault'
  | 'offline'
  | 'not-answering'
  | 'disconnected';

/** What a printer can do, found out at the connection; `null` in an identity: not found out yet. */
export interface Capabilities {
  /** Tells by itself when its condition changes. */
  readonly automaticStatus: boolean;
  /** How it says that a slip is printed: by the id sent along, by an answer in order, or not at all. */
  readonly acknowledges: 'process-id' | 'in-order' | 'nothing';
  /** Draws QR codes by itself. */
  readonly nativeQr: boolean;
  /** Has a sensor for the last metres of the roll. */
  readonly nearEnd: boolean;
}

export interface Identity {
  readonly maker: string;
  readonly model: string;
  readonly firmware: string;
  readonly serial: string;
  readonly profile: string;
  readonly capabilities: Capabilities | null;
}

export interface PrinterStatus {
  readonly link: 'down' | 'connecting' | 'up';
  /** The worst that holds. */
  readonly condition: Condition;
  /** All that hold, worst first. */
  readonly all: readonly Condition[];
  /** Whether a job may start. */
  readonly ready: boolean;
  /** When link or condition last changed: milliseconds since 1970 by the driver's clock. */
  readonly since: number;
  readonly lastError: string | null;
  readonly identity: Identity;
  /** The job at the printer; `since`: milliseconds since 1970. */
  readonly pending: { readonly id: string; readonly bytes: number; readonly since: number } | null;
  /** Jobs that wait for it. */
  readonly waiting: number;
  /** Millimetres printed from this roll. */
  readonly rollUsedMm: number;
  /** Millimetres of a full roll. */
  readonly rollLengthMm: number;
}

/** Why a slip is proven not to have come out. */
export type NotPrinted =
  | Exclude<Condition, 'ok' | 'paper-low'>
  /** Twenty jobs wait already, or this one waited too long. */
  | 'queue-full'
  | 'too-old'
  /** The attempt could not be written down; nothing was sent. */
  | 'not-journaled'
  /** A person had the printer cleared. */
  | 'cleared'
  | 'stopped';

/** `printed` and `not-printed` are proven; `unknown` is never sent again without a person. */
export type PrintOutcome =
  | { readonly state: 'printed'; readonly how: 'process-id' | 'in-order' | 'assumed' }
  | { readonly state: 'not-printed'; readonly reason: NotPrinted }
  | { readonly state: 'unknown'; readonly reason: 'link-lost' | 'no-answer' | 'stopped' };

const WORST_FIRST = [
  'disconnected',
  'not-answering',
  'fault',
  'cutter-error',
  'cover-open',
  'paper-out',
  'cooling',
  'offline',
  'paper-low',
] as const satisfies readonly Condition[];

export function worstFirst(conditions: readonly Condition[]): readonly Condition[] {
  return WORST_FIRST.filter((condition) => conditions.includes(condition));
}

/** The condition a person should hear of first. */
export function worstOf(conditions: readonly Condition[]): Condition {
  return worstFirst(conditions)[0] ?? 'ok';
}

/** Why no job may start; `null`: it may. Low paper still prints. */
export function obstacleOf(conditions: readonly Condition[]): Exclude<Condition, 'ok' | 'paper-low'> | null {
  const worst = worstOf(conditions);
  return worst === 'ok' || worst === 'paper-low' ? null : worst;
}
