import type { Result } from '../basics/result.ts';
import type { Series, Undo, Book } from './book.ts';
import type { DeskState } from './desk-state.ts';
import type { HelpCall } from './help.ts';
import type { Actor, DeskId, EpochMs, HelpId, RequestId } from './ids.ts';
import type { Entry } from './journal.ts';
import type { Plan } from './plan.ts';
import type { Refusal } from './refusal.ts';
import type { Slip } from './slip.ts';
import type { Ticket } from './ticket.ts';

/** What a command decided, as data. Nothing has happened until the ledger has committed it. */
export interface Change<Reply> {
  readonly tickets?: readonly Ticket[];
  readonly numbers?: readonly { readonly letter: string; readonly series: Series }[];
  readonly desks?: readonly DeskState[];
  /** `null` ends the call for help. */
  readonly help?: readonly { readonly id: HelpId; readonly call: HelpCall | null }[];
  readonly slips?: readonly Slip[];
  /** `null`: nothing can be taken back at that desk any more. */
  readonly undo?: readonly { readonly deskId: DeskId; readonly undo: Undo | null }[];
  readonly entries: readonly Entry[];
  /** Plain data: it is kept with the request id. */
  readonly reply: Reply;
}

/** Every request says which one it is. */
export interface Asked {
  readonly requestId: RequestId;
}

/** Who asks, when, and what the office offers at that moment. */
export interface At {
  readonly actor: Actor;
  readonly now: EpochMs;
  readonly plan: Plan;
  /** Random uuid, for what the command makes: a rule rolls no dice. */
  readonly freshId: string;
}

/** A verb of the office: a pure function. No database, no clock, no `await`. */
export type Command<Request extends Asked, Reply> = (
  book: Book,
  request: Request,
  at: At,
) => Result<Change<Reply>, Refusal>;
