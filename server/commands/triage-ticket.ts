import { err, ok, type Result } from '../basics/result.ts';
import { ticketById, type Book } from '../domain/book.ts';
import type { Asked, At, Change } from '../domain/change.ts';
import type { ClassId, NeedId, OrganisationId, ServiceId, TicketId } from '../domain/ids.ts';
import { ticketEntry, type Entry } from '../domain/journal.ts';
import type { Language } from '../domain/language.ts';
import { serviceById } from '../domain/need.ts';
import { classOf, isKnownClass } from '../domain/promise.ts';
import type { Plan } from '../domain/plan.ts';
import type { Refusal } from '../domain/refusal.ts';
import { needsInterpreter } from '../domain/staffing.ts';
import { changed, withdraw, wrongState, type Assistance, type Standing, type Ticket } from '../domain/ticket.ts';
import { freedBy, implicitlyBegun, withinReach, type Seen } from './known.ts';
import { joinedNotes, promisedAnew } from './transfer-ticket.ts';

/** What was found out; what is missing stays as it is. */
export interface Findings extends Seen {
  readonly needId?: NeedId | null | undefined;
  readonly serviceId?: ServiceId | undefined;
  readonly language?: Language | undefined;
  readonly standing?: Standing | undefined;
  readonly classId?: ClassId | null | undefined;
  readonly assistance?: readonly Assistance[] | undefined;
  readonly further?: readonly ServiceId[] | undefined;
  readonly note?: string | undefined;
}

/** Sets what was found out by talking. The clock stays; another service or standing gives another promise. */
export function triageTicket(book: Book, findings: Findings, at: At): Result<Change<null>, Refusal> {
  const reach = withinReach(book, findings, at);
  if (!reach.ok) return reach;
  const seen = reach.value.ticket;
  if (seen.state.kind === 'closed') return wrongState(seen);
  const unknown = unknownIn(findings, at.plan);
  if (unknown) return err(unknown);

  const { ticket: before, entries } = implicitlyBegun(seen, at);
  const after = withFindings(book, before, findings, at);
  return ok({ tickets: [after], entries: [...entries, ...told(before, after, at)], reply: null });
}

export interface Merging extends Seen {
  readonly into: TicketId;
}

/** One person took two numbers: this one closes, the other gets the notes and keeps the better place of the two. */
export function mergeTicket(book: Book, request: Merging, at: At): Result<Change<null>, Refusal> {
  if (request.into === request.ticketId) return err({ code: 'same-ticket' });
  const reach = withinReach(book, request, at);
  if (!reach.ok) return reach;
  const { ticket, desk } = reach.value;
  const kept = ticketById(book, request.into);
  if (!kept) return err({ code: 'unknown-ticket' });
  if (kept.state.kind === 'closed') return wrongState(kept);
  const gone = withdraw(ticket, at.now);
  if (!gone.ok) return gone;
  const into = atBetterPlace(book, kept, ticket, at, {
    note: joinedNotes(kept.note, ticket.note),
    needId: kept.needId ?? ticket.needId,
    assistance: [...new Set([...kept.assistance, ...ticket.assistance])],
    further: [...new Set([...kept.further, ...(ticket.serviceId === kept.serviceId ? [] : [ticket.serviceId])])],
  });
  return ok({
    tickets: [gone.value, into],
    desks: freedBy(ticket, desk, at),
    entries: [ticketEntry('ticket.merged', gone.value, at, { into: into.id }), ...told(kept, into, at)],
    reply: null,
  });
}

/** Nobody loses a place for having taken two numbers: the earlier clock counts, and the shorter promise. */
function atBetterPlace(
  book: Book,
  kept: Ticket,
  gone: Ticket,
  at: At,
  found: Partial<Pick<Ticket, 'note' | 'needId' | 'assistance' | 'further'>>,
): Ticket {
  const plain = [kept, gone].every(({ standing }) => standing === 'walk-in' || standing === 'priority');
  if (!plain) return changed(kept, found);
  const entitled = kept.standing === 'priority' ? kept : gone;
  const { standing, classId } = entitled;
  const clock = kept.clock < gone.clock ? kept.clock : gone.clock;
  if (clock === kept.clock && standing === kept.standing) return changed(kept, found);
  return promisedAnew(book, changed(kept, { ...found, clock, standing, classId }), at);
}

export interface Answer extends Asked {
  readonly needId: NeedId | null;
  readonly language: Language;
  readonly how: 'answered' | 'referred';
  /** Who does it instead; by itself the one the need names. */
  readonly organisationId?: OrganisationId | null | undefined;
}

/** A visitor was helped without a ticket: counted for the service the need belongs to, the need itself is not kept. */
export function recordAnswer(_: Book, answer: Answer, at: At): Result<Change<null>, Refusal> {
  const { needId, language, how, organisationId = null } = answer;
  const need = at.plan.needs.find(({ id }) => id === needId);
  if (needId !== null && !need) return err({ code: 'unknown-need' });
  if (organisationId !== null && !at.plan.organisations.some(({ id }) => id === organisationId)) {
    return err({ code: 'unknown-organisation' });
  }
  const { now, actor } = at;
  const to = how === 'referred' ? { to: organisationId ?? need?.elsewhere ?? null } : {};
  const body = { service: need?.serviceId ?? null, language, ...to };
  return ok({ entries: [{ kind: `visit.${how}`, at: now, actor, ticket: null, body }], reply: null });
}

function unknownIn({ needId, serviceId, classId, further }: Findings, plan: Plan): Refusal | null {
  if (!isKnownClass(plan, classId ?? null)) return { code: 'unknown-class' };
  if (needId && !plan.needs.some(({ id }) => id === needId)) return { code: 'unknown-need' };
  const services = [...(serviceId ? [serviceId] : []), ...(further ?? [])];
  return services.every((id) => serviceById(plan, id)) ? null : { code: 'unknown-service' };
}

function withFindings(book: Book, ticket: Ticket, findings: Findings, at: At): Ticket {
  const { needId, serviceId, language, assistance, further, note } = findings;
  const standing = findings.standing ?? ticket.standing;
  const classId = classOf(standing, findings.classId === undefined ? ticket.classId : findings.classId);
  const found = changed(ticket, {
    ...(needId === undefined ? {} : { needId, needLost: false }),
    ...(serviceId === undefined ? {} : { serviceId }),
    ...(language === undefined ? {} : { language }),
    standing,
    classId,
    ...(assistance === undefined ? {} : { assistance }),
    ...(further === undefined ? {} : { further }),
    ...(note === undefined ? {} : { note }),
  });
  const interpreter = needsInterpreter(book, at.plan, found.serviceId, found.language);
  const moved = found.serviceId !== ticket.serviceId || standing !== ticket.standing || classId !== ticket.classId;
  return moved ? promisedAnew(book, { ...found, interpreter }, at) : { ...found, interpreter };
}

/** The journal hears of standing, service, language and assistance; never of the need or the note. */
function told(before: Ticket, after: Ticket, at: At): readonly Entry[] {
  const { assistance, callBy, further, interpreter } = after;
  const was = { service: before.serviceId, standing: before.standing, language: before.language };
  const body = { before: was, clock: after.clock, callBy };
  const standing = before.standing === after.standing ? [] : [ticketEntry('ticket.standing-changed', after, at, body)];
  return [...standing, ticketEntry('ticket.triaged', after, at, { ...body, interpreter, assistance, further })];
}
