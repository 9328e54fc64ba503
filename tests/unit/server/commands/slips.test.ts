import { beforeEach, describe, expect, test } from 'vitest';
import { issueTicket } from '../../../../server/commands/issue-ticket.ts';
import { slipCameOut, slipOutcome, slipReprint, slipSent, type Outcome } from '../../../../server/commands/slips.ts';
import type { DeviceId, NeedId, TicketId } from '../../../../server/domain/ids.ts';
import { at, KIOSK, Morning } from '../../../support/books.ts';

const PRINTER = 'printer-1' as DeviceId;
const ASKED = { printerId: PRINTER, askedBy: KIOSK as string as DeviceId, largePrint: false };

let morning: Morning;
let ticketId: TicketId;

beforeEach(() => {
  morning = new Morning();
  const issued = morning.try(issueTicket, { needId: 'papers.submit' as NeedId, language: 'et' }, KIOSK, at(0));
  if (!issued.ok) throw new Error(issued.error.code);
  ({ ticketId } = issued.value);
});

function send(reprint = false) {
  return morning.try(slipSent, { ...ASKED, ticketId, reprint }, 'system', at(1));
}

function settle(state: Outcome['state'], attempt = 1, reprint = false) {
  return morning.try(slipOutcome, { ticketId, attempt, reprint, state, reason: 'no-answer' }, 'system', at(2));
}

function say(cameOut: boolean) {
  return morning.try(slipCameOut, { ticketId, cameOut }, KIOSK, at(3));
}

const PRINT_AGAIN = { ok: true, value: { again: true } };
const NOTHING_MORE = { ok: true, value: { again: false } };

describe('"did your ticket come out?"', () => {
  test('"no" has an unknown slip printed again, once, however often it is said', () => {
    send();
    settle('unknown');
    expect(say(false)).toEqual(PRINT_AGAIN);
    expect(say(false)).toEqual(NOTHING_MORE);
    send(true);
    expect(say(false)).toEqual(NOTHING_MORE);
  });

  test('"yes" settles it as printed', () => {
    send();
    settle('unknown');
    expect(say(true)).toEqual(NOTHING_MORE);
    expect(morning.book.slips.get(ticketId)).toMatchObject({ state: 'printed', reason: 'said-by-visitor' });
  });

  test('while it prints, and once it is proven, nothing is to be said', () => {
    send();
    expect(say(false)).toEqual(NOTHING_MORE);
    settle('printed');
    expect(say(false)).toEqual(NOTHING_MORE);
  });

  test('is not asked of another kiosk', () => {
    send();
    settle('unknown');
    const elsewhere = morning.try(slipCameOut, { ticketId, cameOut: false }, 'kiosk-2' as DeviceId, at(3));
    expect(elsewhere).toEqual({ ok: false, error: { code: 'unknown-ticket' } });
  });
});

describe('a reprint by staff', () => {
  test('is made of any slip that has its outcome', () => {
    send();
    settle('printed');
    expect(morning.try(slipReprint, { ticketId }, KIOSK, at(3))).toEqual(PRINT_AGAIN);
  });

  test('is not made while a slip is on its way', () => {
    send();
    expect(morning.try(slipReprint, { ticketId }, KIOSK, at(3))).toEqual(NOTHING_MORE);
  });
});

test('attempts are counted, and the outcome of an older one changes nothing about the newest', () => {
  expect(send()).toEqual({ ok: true, value: { attempt: 1 } });
  expect(send(true)).toEqual({ ok: true, value: { attempt: 2 } });
  settle('unknown', 1);
  expect(morning.book.slips.get(ticketId)).toMatchObject({ attempt: 2, state: 'sent', reprint: true });
  settle('printed', 2, true);
  expect(morning.book.slips.get(ticketId)).toMatchObject({ attempt: 2, state: 'printed' });
});
