import { err, ok, type Result } from '../basics/result.ts';
import { ticketById, type Book } from '../domain/book.ts';
import type { Asked, At, Change } from '../domain/change.ts';
import type { DeviceId, TicketId } from '../domain/ids.ts';
import type { Entry, JournalKind } from '../domain/journal.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Slip } from '../domain/slip.ts';

export interface Sending extends Asked {
  readonly ticketId: TicketId;
  readonly printerId: DeviceId;
  readonly askedBy: DeviceId | null;
  readonly reprint: boolean;
  readonly largePrint: boolean;
}

/** Which attempt it is, counted from 1: its outcome names it. */
export interface Sent {
  readonly attempt: number;
}

/** A slip is about to be sent. Journaled before its first byte, so an attempt cut short is known as one. */
export function slipSent(book: Book, sending: Sending, at: At): Result<Change<Sent>, Refusal> {
  const { requestId: _, ...asked } = sending;
  const attempt = (book.slips.get(asked.ticketId)?.attempt ?? 0) + 1;
  const slip: Slip = { ...asked, attempt, state: 'sent', reason: '', at: at.now };
  const reprinted = asked.reprint ? [slipEntry('slip.reprinted', slip, at)] : [];
  return ok({ slips: [slip], entries: [...reprinted, slipEntry('slip.sent', slip, at)], reply: { attempt } });
}

export interface Outcome extends Asked {
  readonly ticketId: TicketId;
  readonly attempt: number;
  readonly reprint: boolean;
  readonly state: Exclude<Slip['state'], 'sent'>;
  /** A word of the driver: how it was proven, or what was wrong. */
  readonly reason: string;
}

const KINDS = {
  printed: 'slip.printed',
  'not-printed': 'slip.not-printed',
  unknown: 'slip.unknown',
} as const satisfies Record<Outcome['state'], JournalKind>;

/** What became of an attempt. An older one is written down; what is known of the ticket's paper is the newest. */
export function slipOutcome(book: Book, outcome: Outcome, at: At): Result<Change<null>, Refusal> {
  const { ticketId, attempt, reprint, state, reason } = outcome;
  const newest = book.slips.get(ticketId);
  if (!newest) return err({ code: 'unknown-ticket' });
  const slip: Slip = { ...newest, attempt, reprint, state, reason, at: at.now };
  const slips = attempt === newest.attempt ? [slip] : [];
  return ok({ slips, entries: [slipEntry(KINDS[state], slip, at)], reply: null });
}

export interface CameOut extends Asked {
  readonly ticketId: TicketId;
  readonly cameOut: boolean;
}

/** Whether a slip is to be printed now, marked as a reprint. */
export interface Again {
  readonly again: boolean;
}

const NOT_AGAIN: Change<Again> = { entries: [], reply: { again: false } };

/**
 * The visitor says whether a slip of unknown outcome came out. "No" has it printed again; said twice, it is printed once,
 * and about a slip whose outcome is known nothing is to be said.
 */
export function slipCameOut(book: Book, { ticketId, cameOut }: CameOut, at: At): Result<Change<Again>, Refusal> {
  const slip = book.slips.get(ticketId);
  if (slip?.askedBy !== at.actor) return err({ code: 'unknown-ticket' });
  if (slip.state !== 'unknown') return ok(NOT_AGAIN);
  const state = cameOut ? 'printed' : 'not-printed';
  const said: Slip = { ...slip, state, reason: 'said-by-visitor', at: at.now };
  return ok({ slips: [said], entries: [slipEntry(KINDS[state], said, at)], reply: { again: !cameOut } });
}

/** Staff want the slip again. While one is on its way no second is made. */
export function slipReprint(
  book: Book,
  { ticketId }: Asked & { readonly ticketId: TicketId },
  _: At,
): Result<Change<Again>, Refusal> {
  const ticket = ticketById(book, ticketId);
  if (!ticket) return err({ code: 'unknown-ticket' });
  if (ticket.state.kind === 'closed') return err({ code: 'wrong-state', is: 'closed' });
  return ok({ entries: [], reply: { again: book.slips.get(ticketId)?.state !== 'sent' } });
}

function slipEntry(kind: JournalKind, slip: Slip, { now, actor }: At): Entry {
  const { ticketId, printerId: device, attempt, reason, reprint, largePrint } = slip;
  return { kind, at: now, actor, ticket: ticketId, body: { device, attempt, reason, reprint, largePrint } };
}
