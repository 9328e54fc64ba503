/** What a printer can be, worst last but one: what a person has to do about it, in a word. */
export const CONDITIONS = [
  'ok',
  'paper-low',
  'paper-out',
  'cover-open',
  'cutter-error',
  'cooling',
  'fault',
  'offline',
  'not-answering',
  'disconnected',
] as const;

export type Condition = (typeof CONDITIONS)[number];

export interface PrinterStatus {
  readonly link: 'down' | 'connecting' | 'up';
  /** The worst that holds. */
  readonly condition: Condition;
  /** All that hold. */
  readonly all: readonly Condition[];
  /** Whether a job may start. */
  readonly ready: boolean;
  /** Milliseconds since 1970 by the driver's clock. */
  readonly since: number;
  readonly lastError: string | null;
}

/** `printed` and `not-printed` are proven; `unknown` is never sent again without a person. */
export type PrintOutcome =
  | { readonly state: 'printed'; readonly how: 'in-order' | 'assumed' }
  | { readonly state: 'not-printed'; readonly reason: Condition }
  | { readonly state: 'unknown'; readonly reason: 'link-lost' | 'no-answer' | 'stopped' };

/** The four one-byte answers to `DLE EOT 1` to `4`. */
export type StatusBytes = readonly [offline: number, cause: number, error: number, paper: number];

/**
 * Reads the four status bytes.
 *
 * @source Epson ESC/POS, `DLE EOT n` (real-time status transmission): bits 1 and 4 of every byte are 1, bits 0 and 7 are 0
 */
export function conditionsOf([offline, cause, error, paper]: StatusBytes): readonly Condition[] {
  const found: Condition[] = [];
  if ((paper & 0x60) !== 0 || (cause & 0x20) !== 0) found.push('paper-out');
  else if ((paper & 0x0c) !== 0) found.push('paper-low');
  if ((cause & 0x04) !== 0) found.push('cover-open');
  if ((error & 0x08) !== 0) found.push('cutter-error');
  if ((error & 0x40) !== 0) found.push('cooling');
  if ((error & 0x20) !== 0) found.push('fault');
  if ((offline & 0x08) !== 0 && !found.some((condition) => condition !== 'paper-low')) found.push('offline');
  return found;
}

/** The condition a person should hear of first. */
export function worstOf(conditions: readonly Condition[]): Condition {
  const order: readonly Condition[] = [
    'disconnected',
    'not-answering',
    'fault',
    'cutter-error',
    'cover-open',
    'paper-out',
    'cooling',
    'offline',
    'paper-low',
  ];
  return order.find((condition) => conditions.includes(condition)) ?? 'ok';
}

/** Low paper still prints. */
export function mayPrint(condition: Condition): boolean {
  return condition === 'ok' || condition === 'paper-low';
}
