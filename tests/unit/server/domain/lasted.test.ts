import { expect, test } from 'vitest';
import { callNext } from '../../../../server/commands/calling.ts';
import { takeDesk } from '../../../../server/commands/desks.ts';
import { issueTicket } from '../../../../server/commands/issue-ticket.ts';
import { lasted, type NeedId } from '../../../../server/domain/ids.ts';
import { at, DESK_1, KIOSK, MARI, Morning } from '../../../support/books.ts';

test('a clock that steps back makes no wait shorter than nothing', () => {
  expect(lasted(at(5), at(7))).toBe(120_000);
  expect(lasted(at(7), at(5))).toBe(0);
  const morning = new Morning();
  morning.must(takeDesk, { deskId: DESK_1, takeOver: false }, MARI, at(0));
  morning.must(issueTicket, { needId: 'papers.submit' as NeedId, language: 'et' }, KIOSK, at(60));
  const moment = { actor: MARI, now: at(0), plan: morning.plan, freshId: 'x' };
  const called = callNext(morning.book, { requestId: 'r' as never }, moment);
  expect(called.ok && called.value.entries[0]?.body.waitedMs).toBe(0);
});
