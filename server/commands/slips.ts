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
}

/** A slip is about to be sent. Journaled before its first byte, so an attempt cut short is known as one. */
export function slipSent(book: Book, sending: Sending, at: At): Result<Change<null>, Refusal> {
  const { ticketId, printerId, askedBy, reprint } = sending;
  const attempt = (book.slips.get(ticketId)?.attempt ?? 0) + 1;
  const slip: Slip = { ticketId, printerId, askedBy, attempt, state: 'sent', reason: '', at: at.now, reprint };
  const reprinted = reprint ? [slipEntry('slip.reprinted', slip, at)] : [];
  return ok({ slips: [slip], entries: [...reprinted, slipEntry('slip.sent', slip, at)], reply: null });
}

export interface Outcome extends Asked {
  readonly ticketId: TicketId;
  readonly state: Exclude<Slip['state'], 'sent'>;
  /** A word of the driver: how it was proven, or what was wrong. */
  readonly reason: string;
}

const KINDS = {
  printed: 'slip.printed',
  'not-printed': 'slip.not-printed',
  unknown: 'slip.unknown',
} as const satisfies Record<Outcome['state'], JournalKind>;

/** What became of the newest attempt. */
export function slipOutcome(book: Book, { ticketId, state, reason }: Outcome, at: At): Result<Change<null>, Refusal> {
  const sent = book.slips.get(ticketId);
  if (!sent) return err({ code: 'unknown-ticket' });
  const slip: Slip = { ...sent, state, reason, at: at.now };
  return ok({ slips: [slip], entries: [slipEntry(KINDS[state], slip, at)], reply: null });
}

export interface CameOut extends Asked {
  readonly ticketId: TicketId;
  readonly cameOut: boolean;
}

/** The visitor says whether a slip of unknown outcome came out. "No" leaves it to be printed again. */
export function slipCameOut(book: Book, { ticketId, cameOut }: CameOut, at: At): Result<Change<null>, Refusal> {
  const slip = book.slips.get(ticketId);
  if (slip?.askedBy !== at.actor) return err({ code: 'unknown-ticket' });
  if (slip.state !== 'unknown') return ok({ entries: [], reply: null });
  const state = cameOut ? 'printed' : 'not-printed';
  return slipOutcome(book, { requestId: slipRequest(slip), ticketId, state, reason: 'said-by-visitor' }, at);
}

/** Staff want the slip again. */
export function slipReprint(
  book: Book,
  { ticketId }: Asked & { readonly ticketId: TicketId },
  _: At,
): Result<Change<null>, Refusal> {
  const ticket = ticketById(book, ticketId);
  if (!ticket) return err({ code: 'unknown-ticket' });
  return ticket.state.kind === 'closed' ? err({ code: 'wrong-state', is: 'closed' }) : ok({ entries: [], reply: null });
}

function slipRequest({ ticketId }: Slip): Asked['requestId'] {
  return ticketId as string as Asked['requestId'];
}

function slipEntry(kind: JournalKind, slip: Slip, { now, actor }: At): Entry {
  const { ticketId, printerId, attempt, reason, reprint } = slip;
  return { kind, at: now, actor, ticket: ticketId, body: { device: printerId, attempt, reason, reprint } };
}
