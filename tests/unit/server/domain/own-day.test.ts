import { describe, expect, test } from 'vitest';
import type { Actor, TicketId } from '../../../../server/domain/ids.ts';
import type { JournalKind, JournalLine } from '../../../../server/domain/journal.ts';
import { ownDay } from '../../../../server/domain/own-day.ts';
import { at } from '../../../support/books.ts';

let seq = 0;

function line(minute: number, kind: JournalKind, body: JournalLine['body'] = {}): JournalLine {
  const place = { seq: ++seq, prevHash: '', hash: '' };
  const ticket = 't' as TicketId;
  return { ...place, at: new Date(at(minute)).toISOString(), kind, ticket, actor: 'mari' as Actor, body };
}

const served = { number: 'A001', service: 'info', desk: 'lett-1', servedMs: 240_000, resolution: 'solved' };

describe('my day', () => {
  test('lists whom I served, the newest first, with desk time and result', () => {
    const { visits } = ownDay(
      [
        line(5, 'ticket.finished', served),
        line(9, 'ticket.missed', { number: 'A002', service: 'info', desk: 'lett-1' }),
      ],
      at(10),
    );
    expect(visits).toEqual([
      { number: 'A002', serviceId: 'info', at: at(9), how: 'missed', servedMs: null, resolution: null },
      { number: 'A001', serviceId: 'info', at: at(5), how: 'finished', servedMs: 240_000, resolution: 'solved' },
    ]);
  });

  test('does not count what was taken back, nor whom I sent on from the waiting list', () => {
    const { visits } = ownDay(
      [
        line(5, 'ticket.finished', served),
        line(5, 'ticket.undone', { number: 'A001' }),
        line(6, 'ticket.transferred', { number: 'A003', service: 'info', desk: 'lett-1', servedMs: null }),
        line(7, 'ticket.withdrawn', { number: 'A004', service: 'info', desk: null }),
      ],
      at(10),
    );
    expect(visits).toEqual([]);
  });

  test('adds up the pauses, the one that goes on too', () => {
    const pauses = [
      line(0, 'desk.paused'),
      line(30, 'desk.resumed'),
      line(40, 'desk.paused'),
      line(45, 'desk.left'),
      line(50, 'desk.paused'),
    ];
    expect(ownDay(pauses, at(52)).pausedMs).toBe(37 * 60_000);
  });

  test('counts those helped without a ticket', () => {
    expect(ownDay([line(1, 'visit.answered'), line(2, 'visit.referred')], at(3)).helped).toBe(2);
  });
});
