import { describe, expect, test } from 'vitest';
import { callNext, callTicket } from '../../../server/commands/calling.ts';
import { takeDesk } from '../../../server/commands/desks.ts';
import { issueTicket } from '../../../server/commands/issue-ticket.ts';
import { closeDay } from '../../../server/commands/office-day.ts';
import { finishService, withdrawTicket } from '../../../server/commands/serving.ts';
import { slipSent } from '../../../server/commands/slips.ts';
import { transferTicket } from '../../../server/commands/transfer-ticket.ts';
import { undoAct } from '../../../server/commands/undo-act.ts';
import { chainHash } from '../../../server/domain/chain.ts';
import type { Asked, Command } from '../../../server/domain/change.ts';
import type { Actor, DeskId, DeviceId, EpochMs, NeedId, ServiceId, TicketId } from '../../../server/domain/ids.ts';
import { sealed, type JournalLine } from '../../../server/domain/journal.ts';
import { auditRecord } from '../../../server/store/audit-file.ts';
import { violationsIn } from '../../faults/invariants/check.ts';
import type { LogRecord } from '../../faults/invariants/log.ts';
import type { Sighting } from '../../faults/invariants/seen.ts';
import { at, DESK_1, DESK_2, JUHAN, KIOSK, MARI, Morning } from '../../support/books.ts';

const NEED = 'papers.submit' as NeedId;
const PRINTER = 'printer-1' as DeviceId;

/** A morning whose journal is kept, as the office would export it. */
class LoggedMorning extends Morning {
  readonly lines: JournalLine[] = [];

  override must<R extends Asked, T>(
    command: Command<R, T>,
    request: Omit<R, 'requestId'>,
    actor: Actor,
    now: EpochMs,
  ): T {
    const keeping: Command<R, T> = (book, asked, moment) => {
      const decided = command(book, asked, moment);
      for (const entry of decided.ok ? decided.value.entries : []) {
        this.lines.push(sealed(entry, this.lines.length + 1, this.lines.at(-1)?.hash ?? ''));
      }
      return decided;
    };
    return super.must(keeping, request, actor, now);
  }

  get log(): readonly LogRecord[] {
    return this.lines.map((line) => auditRecord(line) as LogRecord);
  }

  take(minute: number): TicketId {
    return this.must(issueTicket, { needId: NEED, language: 'et' }, KIOSK, at(minute)).ticketId;
  }

  sit(desk: DeskId, actor: Actor): void {
    this.must(takeDesk, { deskId: desk, takeOver: false }, actor, at(0));
  }
}

/** Three visitors, one served, one sent to a desk and taken back, one withdrawn. */
function aMorning(): LoggedMorning {
  const morning = new LoggedMorning();
  morning.sit(DESK_1, MARI);
  morning.sit(DESK_2, JUHAN);
  const [first, second, third] = [morning.take(1), morning.take(2), morning.take(3)];
  morning.must(
    slipSent,
    { ticketId: first, printerId: PRINTER, askedBy: null, reprint: false, largePrint: false },
    'system',
    at(1),
  );
  morning.must(callNext, {}, MARI, at(4));
  morning.must(callNext, {}, JUHAN, at(5));
  const to = { kind: 'desk', deskId: DESK_1 } as const;
  morning.must(transferTicket, { ...morning.seen(second), to, note: null }, JUHAN, at(6));
  morning.must(undoAct, {}, JUHAN, at(6));
  morning.must(finishService, morning.seen(first), MARI, at(9));
  morning.must(withdrawTicket, morning.seen(third), MARI, at(10));
  morning.must(finishService, morning.seen(second), JUHAN, at(11));
  return morning;
}

function found(log: readonly LogRecord[], seen: readonly Sighting[] = [], more: object = {}): readonly string[] {
  const evidence = { zone: 'Europe/Tallinn', personHoldMs: 900_000, dayIsOver: true, streams: [] };
  return [...new Set(violationsIn({ ...evidence, log, seen, ...more }).map(({ invariant }) => invariant))];
}

/** The log with some records changed and the chain made anew: what remains is only the invariant that was broken. */
function rewritten(log: readonly LogRecord[], change: (record: LogRecord) => object | null): readonly LogRecord[] {
  let prevHash = '';
  let seq = 0;
  return log.flatMap((record) => {
    const changed = change(record);
    if (changed === null) return [];
    const { hash: _hash, ...rest } = { ...record, ...changed, prevHash, seq: (seq += 1) };
    const hash = chainHash(prevHash, rest);
    prevHash = hash;
    return [{ ...rest, hash }];
  });
}

const change = (type: string, fields: object) => (record: LogRecord) => (record.type === type ? fields : {});

describe('the checker of the fault tests', () => {
  test('finds nothing in a morning that went as it should', () => {
    const morning = aMorning();
    const seen: Sighting[] = morning.log.flatMap((record): Sighting[] => {
      const { ticket, number = '', reqId = '', desk, callOrder = 0 } = record;
      if (record.type === 'issued') return [{ kind: 'number', requestId: reqId, ticket: ticket ?? '', number }];
      if (record.type !== 'called') return [];
      return [
        { kind: 'display', order: callOrder, number, desk: desk ?? '' },
        { kind: 'call', requestId: 'x', ticket: ticket ?? '', desk: desk ?? '' },
      ];
    });
    expect(found(morning.log, [...seen, { kind: 'paper', number: 'A001' }])).toEqual([]);
  });

  test.each([
    ['I1', 'a number given twice', change('issued', { number: 'A001' })],
    ['I2', 'two tickets of one request', change('issued', { reqId: 'one' })],
    ['I6', 'a visitor served without being called', change('called', { type: 'recalled' })],
    ['I7', 'a ticket that never ended', (record: LogRecord) => (record.type === 'finished' ? null : {})],
    ['I8', 'a record that is missing', null],
    ['I9', 'a number of another day', change('issued', { day: '2026-11-23' })],
    ['I9', 'a time without offset', change('issued', { time: '2026-11-24 10:00' })],
    ['I10', 'a slip sent twice by itself', change('print_failed', {})],
  ])('finds %s: %s', (invariant, _, broken) => {
    const { log } = aMorning();
    const slip = log.find(({ type }) => type === 'print_started');
    const told = invariant === 'I10' && slip ? [...log.slice(0, 6), slip, ...log.slice(6)] : log;
    expect(found(broken ? rewritten(told, broken) : told.filter(({ seq }) => seq !== 5))).toContain(invariant);
  });

  test('finds I4: two visitors at one desk', () => {
    const { log } = aMorning();
    expect(found(rewritten(log, change('called', { desk: DESK_1 })))).toContain('I4');
  });

  test('finds I5: a call out of order that nobody picked', () => {
    const morning = new LoggedMorning();
    morning.sit(DESK_1, MARI);
    morning.take(1);
    const later = morning.take(2);
    morning.must(callTicket, { ...morning.seen(later), reason: 'other' }, MARI, at(3));
    morning.must(closeDay, {}, 'system', at(4));
    expect(found(morning.log)).toEqual([]);
    expect(found(rewritten(morning.log, change('called', { manual: false })))).toEqual(['I5']);
  });

  test('finds I13: numbers that go backwards', () => {
    const { log } = aMorning();
    const numbers = ['A001', 'A003', 'A002'];
    const swapped = rewritten(log, ({ type }) => (type === 'issued' ? { number: numbers.shift() ?? '' } : {}));
    expect(found(swapped)).toContain('I13');
  });

  test('finds I8: a record that was edited afterwards', () => {
    const { log } = aMorning();
    expect(found(log.map((record) => (record.seq === 4 ? { ...record, ahead: 9 } : record)))).toEqual(['I8']);
  });

  const ID = '11111111-1111-4111-8111-111111111111';
  test.each<[string, string, Sighting]>([
    ['I3', 'a number that is not in the log', { kind: 'number', requestId: ID, ticket: ID, number: 'A009' }],
    ['I3', 'a slip that is not in the log', { kind: 'paper', number: 'A009' }],
    ['I10', 'a slip more than were sent', { kind: 'paper', number: 'A002' }],
    ['I11', 'a call on a display that was not made', { kind: 'display', order: 1, number: 'A001', desk: DESK_2 }],
    ['I12', 'a call that was acknowledged and is gone', { kind: 'call', requestId: ID, ticket: ID, desk: DESK_1 }],
  ])('finds %s: %s', (invariant, _, sighting) => {
    expect(found(aMorning().log, [sighting])).toContain(invariant);
  });

  test('finds I2: one press that was answered with two numbers', () => {
    const { log } = aMorning();
    const [a, b] = log.filter(({ type }) => type === 'issued');
    const seen = [a, b].map((record): Sighting => {
      return { kind: 'number', requestId: a?.reqId ?? '', ticket: record?.ticket ?? '', number: record?.number ?? '' };
    });
    expect(found(log, seen)).toContain('I2');
  });

  test.each([
    ['a personal code', '{"note":"49403136515"}', ['I14']],
    ['an e-mail address', '{"to":"keegi@naidis.ee"}', ['I14']],
    ['a phone number', '{"call":"+372 5555 5555"}', ['I14']],
    ['eleven digits with a wrong check digit', '{"note":"49403136516"}', []],
    ['an instant and a uuid', '{"at":1795593600000,"id":"49403136-5151-4940-8313-649403136515"}', []],
  ])('I14, personal data in a stream: %s', (_, stream, expected) => {
    expect(found(aMorning().log, [], { streams: [stream] })).toEqual(expected);
  });

  test('knows a transfer to another service by the promised time that the log tells', () => {
    const morning = new LoggedMorning();
    morning.sit(DESK_1, MARI);
    const first = morning.take(1);
    morning.take(2);
    morning.must(callNext, {}, MARI, at(3));
    const to = { kind: 'service', serviceId: 'disability' as ServiceId } as const;
    morning.must(transferTicket, { ...morning.seen(first), to, note: null }, MARI, at(4));
    morning.must(callNext, {}, MARI, at(5));
    morning.must(closeDay, {}, 'system', at(6));
    expect(found(morning.log)).toEqual([]);
    expect(found(rewritten(morning.log, change('transferred', { callBy: 0 })))).toContain('I5');
  });
});
