import { chainHash, type Json } from './chain.ts';
import type { Actor, EpochMs, TicketId } from './ids.ts';
import type { Ticket } from './ticket.ts';

/**
 * All that the journal can say: what each kind tells, and its type in the export. Bodies carry service, language,
 * standing, desk and times; never a need, a note, free text, a name, a personal code or a ticket's token.
 */
export const JOURNAL_KINDS = {
  'ticket.issued': { exports: 'issued', says: 'A visitor has a number and a place.' },
  'ticket.called': { exports: 'called', says: 'A visitor was called to a desk, with the reason why this one.' },
  'ticket.recalled': { exports: 'recalled', says: 'A visitor was called to the same desk again.' },
  'ticket.begun': { exports: 'started', says: 'The visitor is at the desk; service began.' },
  'ticket.finished': { exports: 'finished', says: 'Service ended and the ticket closed as served.' },
  'ticket.missed': { exports: 'noshow', says: 'The visitor did not come; the place is kept for the rejoin window.' },
  'ticket.no-show': { exports: 'abandoned', says: 'The rejoin window ended, or the visitor missed again; closed.' },
  'ticket.parked': { exports: 'parked', says: 'The visitor was put aside at a desk.' },
  'ticket.returned': { exports: 'requeued', says: 'A parked visitor is back in the queue, with a new clock.' },
  'ticket.stepped-back': {
    exports: 'stepped_back',
    says: 'The visitor asked for more time and let the next one go first; clock and promised time moved with the place.',
  },
  'ticket.transferred': { exports: 'transferred', says: 'The visitor was sent to another queue; the clock was kept.' },
  'ticket.triaged': { exports: 'triaged', says: 'Service, language or assistance was changed after talking.' },
  'ticket.standing-changed': {
    exports: 'priority',
    says: 'The ticket got another standing, and with it another promise.',
  },
  'ticket.withdrawn': { exports: 'cancelled', says: 'The visitor gave up the place.' },
  'ticket.merged': { exports: 'cancelled', says: 'A second number of the same visitor closed; the first one stays.' },
  'ticket.expired': { exports: 'expired', says: 'The office day ended before the visitor was served.' },
  'ticket.undone': { exports: 'undone', says: 'The last act at a desk was taken back.' },
  'visit.answered': { exports: 'answered', says: 'A visitor was answered at the information desk without a ticket.' },
  'visit.referred': { exports: 'referred', says: 'A visitor was told who else is responsible.' },
  'desk.taken': { exports: 'desk_opened', says: 'A specialist sat down at a desk.' },
  'desk.freed': { exports: 'desk_closed', says: 'The head freed a desk somebody had forgotten to leave.' },
  'desk.left': { exports: 'desk_closed', says: 'A specialist left the desk.' },
  'desk.repaired': { exports: 'desk_repaired', says: 'A desk that was shown with a visitor who is not there is free.' },
  'desk.paused': { exports: 'desk_paused', says: 'A desk calls nobody for a while.' },
  'desk.resumed': { exports: 'desk_resumed', says: 'A paused desk is open again.' },
  'slip.sent': { exports: 'print_started', says: 'A slip is about to be sent to a printer.' },
  'slip.printed': { exports: 'printed', says: 'The printer confirmed a slip.' },
  'slip.not-printed': { exports: 'print_failed', says: 'A slip was proven not to have been printed.' },
  'slip.unknown': { exports: 'print_unknown', says: 'Nobody can say whether a slip came out.' },
  'slip.reprinted': { exports: 'reprinted', says: 'A person asked for the slip again; it is marked as a reprint.' },
  'help.called': { exports: 'help_called', says: 'A visitor at a kiosk asked for a person.' },
  'help.answered': { exports: 'help_answered', says: 'A member of staff goes to the visitor.' },
  'help.ended': { exports: 'help_ended', says: 'The visitor has been helped, or no longer needs a person.' },
  'office.opened': { exports: 'opened', says: 'The office opened.' },
  'office.day-closed': { exports: 'day_closed', says: 'The office day ended.' },
  'office.restored': { exports: 'restored', says: 'The office was restored; names what was lost, and the new epoch.' },
  'office.alarm': { exports: 'alarm', says: 'Something needs a person of the office: names what.' },
  'office.alarm-acknowledged': { exports: 'alarm_acknowledged', says: 'A head has taken note of an alarm.' },
  'office.checked': {
    exports: 'checked',
    says: 'The office was looked over before it opened: what passed, what is to be done.',
  },
  'fallback.printed': {
    exports: 'fallback_printed',
    says: 'Numbers were set aside and printed for when nothing else works.',
  },
  'backup.made': { exports: 'backup_made', says: 'A checked and sealed backup was made.' },
  'hall.changed': { exports: 'hall_changed', says: 'A setting of waiting area or phones was changed.' },
  'hall.repeated': {
    exports: 'call_repeated',
    says: 'Staff had the display say a call once more; it counts as no call.',
  },
  'plan.changed': { exports: 'plan_changed', says: 'What the office offers has a new version.' },
  'staff.account-made': { exports: 'account_made', says: 'A staff account was made.' },
  'staff.signed-in': { exports: 'signed_in', says: 'A member of staff signed in.' },
  'staff.signed-out': { exports: 'signed_out', says: 'A member of staff signed out, or the session ended.' },
  'staff.refused': { exports: 'sign_in_refused', says: 'A sign-in was refused.' },
  'staff.locked': { exports: 'session_locked', says: 'A member of staff locked the console; the desk stays theirs.' },
  'staff.unlocked': { exports: 'session_unlocked', says: 'A locked console was opened again by the same person.' },
  'staff.session-ended': {
    exports: 'session_ended',
    says: 'Sessions were ended by the person, the head or a new sign-in.',
  },
  'staff.link-made': { exports: 'link_made', says: 'A one-time link was made for a person.' },
  'staff.passphrase-set': { exports: 'passphrase_set', says: 'A member of staff set a passphrase.' },
  'staff.factor-added': { exports: 'factor_added', says: 'A member of staff got a second factor.' },
  'staff.factor-removed': { exports: 'factor_removed', says: 'A second factor was taken away.' },
  'staff.recovery-made': { exports: 'recovery_made', says: 'A member of staff got new recovery codes.' },
  'staff.recovery-used': { exports: 'recovery_used', says: 'A recovery code was used to sign in.' },
  'staff.identity-linked': { exports: 'identity_linked', says: 'A person was linked to an outside identity.' },
  'staff.identity-unlinked': { exports: 'identity_unlinked', says: 'A link to an outside identity was taken away.' },
  'staff.role-changed': { exports: 'role_changed', says: 'A person has another role; their sessions ended.' },
  'staff.changed': { exports: 'account_changed', says: 'Services, languages or break-glass of a person were changed.' },
  'staff.disabled': { exports: 'account_disabled', says: 'An account was disabled; its sessions ended.' },
  'staff.enabled': { exports: 'account_enabled', says: 'A disabled account may sign in again.' },
  'staff.rules-changed': { exports: 'sign_in_rules_changed', says: 'The rules of signing in were changed.' },
  'device.paired': { exports: 'device_paired', says: 'A device was paired with the office.' },
  'device.renamed': { exports: 'device_changed', says: 'A device got another name.' },
  'device.limited': { exports: 'device_changed', says: 'A device may ask more or less often than before.' },
  'keypad.changed': {
    exports: 'device_changed',
    says: 'The accessible keypad was set: which kind it is, at which kiosk it stands.',
  },
  'printer.roll-changed': { exports: 'device_changed', says: 'A new roll of paper is in a printer; tells its length.' },
  'device.code-refused': { exports: 'pairing_refused', says: 'A pairing code was typed that no screen shows.' },
  'device.revoked': { exports: 'device_revoked', says: 'A device was cut off.' },
  'journal.sealed': { exports: 'sealed', says: 'The end of a day: the seal of the line before was kept as its head.' },
  'journal.broken': {
    exports: 'journal_broken',
    says: 'The journal was looked through at the start, and a line did not follow from the one before.',
  },
  'privacy.purged': {
    exports: 'purged',
    says: 'Needs, notes and tickets older than the office keeps them were deleted, and old copies of the database; tells how many.',
  },
  'server.started': { exports: 'server_started', says: 'The server started; tells whether it had stopped cleanly.' },
} as const satisfies Record<string, { readonly exports: string; readonly says: string }>;

export type JournalKind = keyof typeof JOURNAL_KINDS;

/** Whether a word read from outside is one of our kinds. */
export function isJournalKind(word: string): word is JournalKind {
  return Object.hasOwn(JOURNAL_KINDS, word);
}

/** Whether a line is as it was written. Where it stands in the chain is for the caller to see. */
export function fitsSeal(line: JournalLine): boolean {
  return isJournalKind(line.kind) && chainHash(line.prevHash, exportRecord(line)) === line.hash;
}

/** A line to be: it gets its place in the journal only with the commit. */
export interface Entry {
  readonly kind: JournalKind;
  readonly at: EpochMs;
  readonly actor: Actor;
  readonly ticket: TicketId | null;
  readonly body: Readonly<Record<string, Json>>;
}

/** A line of the journal. `seq` counts from 1 without gaps; `at` is ISO 8601 UTC. */
export interface JournalLine {
  readonly seq: number;
  readonly at: string;
  readonly kind: JournalKind;
  readonly ticket: TicketId | null;
  readonly actor: Actor;
  readonly body: Readonly<Record<string, Json>>;
  readonly prevHash: string;
  readonly hash: string;
}

/** An entry about a ticket: its service, language and standing, what it is from now on, and what else the kind tells. */
export function ticketEntry(
  kind: JournalKind,
  ticket: Ticket,
  at: { readonly now: EpochMs; readonly actor: Actor },
  body: Readonly<Record<string, Json>> = {},
): Entry {
  const { id, number, serviceId, language, standing } = ticket;
  return {
    kind,
    at: at.now,
    actor: at.actor,
    ticket: id,
    body: { number, service: serviceId, language, standing, after: afterwards(ticket), ...body },
  };
}

/**
 * What a ticket is from this line on, beside what each line says of it. So a lost database is made again from the lines
 * alone, whatever the verbs were. What is as it was at the issue is left out.
 */
export function afterwards(ticket: Ticket): { readonly [key: string]: Json } {
  const { version, clock, callBy, interpreter, assistance, further, lastCall, missed, overtaken, state } = ticket;
  return {
    version,
    clock,
    callBy,
    state: { ...state },
    ...(interpreter ? { interpreter } : {}),
    ...(assistance.length > 0 ? { assistance } : {}),
    ...(further.length > 0 ? { further } : {}),
    ...(lastCall ? { lastCall: { ...lastCall } } : {}),
    ...(missed ? { missed } : {}),
    ...(overtaken > 0 ? { overtaken } : {}),
  };
}

/** The record that `npm run export-log` prints and that the hash covers: one flat object with the kind's export type. */
export function exportRecord(line: Omit<JournalLine, 'hash'>): { readonly [key: string]: Json } {
  const { seq, at, kind, ticket, actor, body, prevHash } = line;
  return { ...body, seq, time: at, type: JOURNAL_KINDS[kind].exports, kind, ticket, actor, prevHash };
}

/** The line a record was made of; the other way round, so that a file of records can become a journal again. */
export function lineOfRecord(record: Readonly<Record<string, Json>>): JournalLine {
  const { seq, time, type: _type, kind, ticket, actor, prevHash, hash, ...body } = record;
  return {
    seq: seq as number,
    at: time as string,
    kind: kind as JournalKind,
    ticket: ticket as TicketId | null,
    actor: actor as Actor,
    body,
    prevHash: prevHash as string,
    hash: hash as string,
  };
}

/** Gives an entry its place after the line before. */
export function sealed(entry: Entry, seq: number, prevHash: string): JournalLine {
  const { kind, ticket, actor, body } = entry;
  const line = { seq, at: new Date(entry.at).toISOString(), kind, ticket, actor, body, prevHash };
  return { ...line, hash: chainHash(prevHash, exportRecord(line)) };
}
