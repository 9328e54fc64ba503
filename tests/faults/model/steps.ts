import { randomUUID } from 'node:crypto';
import { deepEqual, equal } from 'node:assert/strict';
import type { AsyncCommand } from 'fast-check';
import type { Failpoint } from '../../../server/basics/failpoint.ts';
import { ticketById } from '../../../server/domain/book.ts';
import type { EpochMs, TicketId } from '../../../server/domain/ids.ts';
import { nextInLine } from '../../../server/domain/queue.ts';
import { staffedDesks } from '../../../server/domain/staffing.ts';
import type { Ticket } from '../../../server/domain/ticket.ts';
import { PLAN } from '../../support/ledgers.ts';
import type { RealOffice } from './real.ts';
import type { ReferenceTicket } from './reference.ts';
import { inReference, press, REFUSED, request, type Both, type Verb } from './verbs.ts';

type Step = AsyncCommand<Both, RealOffice>;

/** One after the other, the verb is asked of both offices; they must agree. */
export class Asks implements Step {
  readonly verb: Verb;

  constructor(verb: Verb) {
    this.verb = verb;
  }

  check = (): boolean => true;

  async run(both: Both, real: RealOffice): Promise<void> {
    const ask = request(both, this.verb);
    compareAnswers(both, inReference(both, this.verb), await ask(real));
    compare(both, real);
  }

  toString = (): string => JSON.stringify(this.verb);
}

/** Two requests at the same moment. */
export class AskTogether implements Step {
  readonly verbs: readonly [Verb, Verb];

  constructor(verbs: readonly [Verb, Verb]) {
    this.verbs = verbs;
  }

  check = (): boolean => true;

  async run(both: Both, real: RealOffice): Promise<void> {
    const answers = await Promise.all(this.verbs.map((verb) => request(both, verb)).map((ask) => ask(real)));
    for (const [i, verb] of this.verbs.entries()) compareAnswers(both, inReference(both, verb), answers[i]);
    compare(both, real);
  }

  toString = (): string => `together ${JSON.stringify(this.verbs)}`;
}

/** The power goes at a named point while a request is under way; after the restart the same request comes again. */
export class CrashesAt implements Step {
  readonly point: Failpoint;
  readonly verb: Verb;

  constructor(point: Failpoint, verb: Verb) {
    this.point = point;
    this.verb = verb;
  }

  check = (): boolean => true;

  async run(both: Both, real: RealOffice): Promise<void> {
    const requestId = randomUUID();
    const ask = request(both, this.verb, requestId);
    // what this process still answers is heard by nobody
    const lost: Both = { ...both, ids: [...both.ids], presses: [] };
    await real.crashDuring(this.point, () => request(lost, this.verb, requestId)(real));
    both.reference.restart();
    compare(both, real);
    compareAnswers(both, inReference(both, this.verb), await ask(real));
    compare(both, real);
  }

  toString = (): string => `crash at ${this.point} of ${JSON.stringify(this.verb)}`;
}

/** The power goes after the commit: the answer is lost, the change is not, and the repeat hears the same. */
export class CrashesAfterCommit implements Step {
  readonly point: Failpoint;
  readonly verb: Verb;

  constructor(point: Failpoint, verb: Verb) {
    this.point = point;
    this.verb = verb;
  }

  check = (): boolean => true;

  async run(both: Both, real: RealOffice): Promise<void> {
    const ask = request(both, this.verb);
    let first: unknown = null;
    await real.crashDuring(this.point, async () => (first = await ask(real)));
    compareAnswers(both, inReference(both, this.verb), first);
    both.reference.restart();
    compare(both, real);
    if (first !== REFUSED) deepEqual(await ask(real), first, 'the repeat hears what the first one was told');
    compare(both, real);
  }

  toString = (): string => `crash at ${this.point} of ${JSON.stringify(this.verb)}`;
}

/** The disk fails: whoever asked hears of an outage, nothing is kept, and the same request can be sent again. */
export class DiskFails implements Step {
  readonly point: 'before_commit' | 'in_commit';
  readonly verb: Verb;

  constructor(point: 'before_commit' | 'in_commit', verb: Verb) {
    this.point = point;
    this.verb = verb;
  }

  check = (): boolean => true;

  async run(both: Both, real: RealOffice): Promise<void> {
    const ask = request(both, this.verb);
    if (await real.failDuring(this.point, () => ask(real))) both.reference.outage();
    compare(both, real);
    compareAnswers(both, inReference(both, this.verb), await ask(real));
    compare(both, real);
  }

  toString = (): string => `disk fails at ${this.point} of ${JSON.stringify(this.verb)}`;
}

/** A visitor's press comes again, perhaps hours later: the same number, and nothing new. */
export class PressesAgain implements Step {
  readonly pick: number;

  constructor(pick: number) {
    this.pick = pick;
  }

  check = ({ presses, reference }: Readonly<Both>): boolean => {
    const known = presses[this.pick % presses.length];
    return known !== undefined && Math.abs(reference.now - known.at) < KNOWN_FOR_MS;
  };

  async run(both: Both, real: RealOffice): Promise<void> {
    const known = both.presses[this.pick % both.presses.length];
    if (!known) return;
    const answer = await press(real, known.need, known.requestId);
    equal(answer.ok && answer.value.reply.ticketId, both.ids[known.ticket]);
    equal(answer.ok && answer.value.isRepeat, true);
    compare(both, real);
  }

  toString = (): string => `press ${this.pick} again`;
}

const KNOWN_FOR_MS = 23 * 3_600_000;

/** The clock goes on, or steps back. */
export class TimePasses implements Step {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }

  check = (): boolean => true;

  run = async (both: Both, real: RealOffice): Promise<void> => {
    both.reference.now += this.ms;
    real.now += this.ms;
  };

  toString = (): string => `${this.ms} ms pass`;
}

/** Several steps that belong together. */
export class Story implements Step {
  readonly steps: readonly Step[];

  constructor(steps: readonly Step[]) {
    this.steps = steps;
  }

  check = (): boolean => true;

  async run(both: Both, real: RealOffice): Promise<void> {
    for (const step of this.steps) await step.run(both, real);
  }

  toString = (): string => this.steps.join(', then ');
}

export class Restarts implements Step {
  check = (): boolean => true;

  async run(both: Both, real: RealOffice): Promise<void> {
    await real.restart();
    both.reference.restart();
    compare(both, real);
  }

  toString = (): string => 'restart';
}

function compareAnswers({ reference, ids }: Both, expected: number | boolean, answer: unknown): void {
  if (expected === false) {
    equal(answer, REFUSED, 'the reference says no');
    return;
  }
  if (answer === REFUSED) throw new Error('refused, and the reference says yes');
  if (expected === true) return;
  const { ticketId, number } = answer as { readonly ticketId: TicketId; readonly number: string };
  equal(number, reference.tickets[expected]?.number);
  equal(ids.indexOf(ticketId), expected);
}

/** Every ticket, and whom every desk would call, in both offices. */
export function compare({ reference, ids, played }: Both, real: RealOffice): void {
  played.steps += 1;
  const { book } = real;
  for (const [i, expected] of reference.tickets.entries()) {
    const id = ids[i];
    const ticket = id && ticketById(book, id);
    if (expected.state === 'closed' && !ticket) continue; // closed on another day: the book has forgotten it
    deepEqual(ticket ? told(ticket) : null, toldOf(expected));
  }
  equal(book.open.size, reference.tickets.filter(({ state }) => state !== 'closed').length);
  for (const staffed of staffedDesks(book, PLAN)) {
    const next = nextInLine(book, PLAN, staffed, real.now as EpochMs);
    equal(next ? ids.indexOf(next.ticket.id) : null, reference.next());
  }
}

function told({ number, state, callBy, clock, version }: Ticket): object {
  const desk = state.kind === 'called' || state.kind === 'serving' ? Number(state.deskId) : null;
  return { number, state: state.kind, callBy, clock, version, desk, calls: state.kind === 'called' ? state.calls : 0 };
}

function toldOf({ number, state, callBy, clock, changes, desk, calls }: ReferenceTicket): object {
  const isThere = state === 'called' || state === 'serving';
  return {
    number,
    state,
    callBy,
    clock,
    version: changes,
    desk: isThere ? desk : null,
    calls: state === 'called' ? calls : 0,
  };
}
