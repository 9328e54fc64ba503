import { randomUUID } from 'node:crypto';
import { demonstrationPlan, demonstrationStaff } from '../../server/content/demonstration.ts';
import { apply, emptyBook, type Book } from '../../server/domain/book.ts';
import type { Asked, Command } from '../../server/domain/change.ts';
import type { Actor, DeskId, EpochMs, RequestId, StaffId, TicketId } from '../../server/domain/ids.ts';
import { LANGUAGES } from '../../server/domain/language.ts';
import type { Plan, Specialist } from '../../server/domain/plan.ts';
import type { Ticket } from '../../server/domain/ticket.ts';
import type { Result } from '../../server/basics/result.ts';
import type { Refusal } from '../../server/domain/refusal.ts';

/** Ten o'clock in the morning of an ordinary Tuesday. */
export const TEN: EpochMs = Date.parse('2026-11-24T08:00:00Z') as EpochMs;
export const KIOSK = 'kiosk-1' as Actor;
export const MARI = 'mari' as StaffId;
export const JUHAN = 'juhan' as StaffId;

/** Minutes after ten. */
export function at(minutes: number): EpochMs {
  return (TEN + minutes * 60_000) as EpochMs;
}

/** A plan in which Mari and Juhan can serve everything in every language, unless said otherwise. */
export function aPlan(change: Partial<Plan> = {}): Plan {
  const plan = demonstrationPlan();
  const services = plan.services.map(({ id }) => id);
  const everybody: readonly Specialist[] = [MARI, JUHAN].map((id) => ({
    id,
    name: id,
    services,
    languages: LANGUAGES,
  }));
  return { ...plan, version: 1, specialists: [...everybody, ...demonstrationStaff()], ...change };
}

/** An office of one morning, on which commands are tried one after the other. */
export class Morning {
  book: Book = emptyBook('2026-11-24', TEN);
  readonly plan: Plan;

  constructor(plan: Plan = aPlan()) {
    this.plan = plan;
  }

  /** Carries a command out and takes the book it makes. */
  try<R extends Asked, T>(
    command: Command<R, T>,
    request: Omit<R, 'requestId'>,
    actor: Actor,
    now: EpochMs,
  ): Result<T, Refusal> {
    const requestId = randomUUID() as string as RequestId;
    const decided = command(this.book, { ...request, requestId } as R, {
      actor,
      now,
      plan: this.plan,
      freshId: randomUUID(),
    });
    if (!decided.ok) return decided;
    this.book = apply(this.book, requestId, { actor, event: 'test' }, decided.value, now);
    return { ok: true, value: decided.value.reply };
  }

  /** The same, for what must succeed. */
  must<R extends Asked, T>(command: Command<R, T>, request: Omit<R, 'requestId'>, actor: Actor, now: EpochMs): T {
    const result = this.try(command, request, actor, now);
    if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
    return result.value;
  }

  ticket(id: TicketId): Ticket {
    const ticket = this.book.open.get(id) ?? this.book.closed.get(id);
    if (!ticket) throw new Error(`no ticket ${id}`);
    return ticket;
  }

  /** What a screen shows of a ticket now. */
  seen(id: TicketId): { readonly ticketId: TicketId; readonly version: number } {
    return { ticketId: id, version: this.ticket(id).version };
  }
}

export const DESK_1 = 'lett-1' as DeskId;
export const DESK_2 = 'laud-2' as DeskId;
