import { expect, test } from 'vitest';
import { callNext, callTicket } from '../../../../server/commands/calling.ts';
import { takeDesk } from '../../../../server/commands/desks.ts';
import { issueTicket } from '../../../../server/commands/issue-ticket.ts';
import { finishService } from '../../../../server/commands/serving.ts';
import { transferTicket } from '../../../../server/commands/transfer-ticket.ts';
import { undoAct } from '../../../../server/commands/undo-act.ts';
import type { NeedId, ServiceId } from '../../../../server/domain/ids.ts';
import { at, DESK_1, DESK_2, JUHAN, KIOSK, MARI, Morning } from '../../../support/books.ts';

test('an act is not taken back once the time for it is over', () => {
  const morning = new Morning();
  morning.must(takeDesk, { deskId: DESK_1, takeOver: false }, MARI, at(0));
  const { ticketId } = morning.must(issueTicket, { needId: 'papers.submit' as NeedId, language: 'et' }, KIOSK, at(1));
  morning.must(callNext, {}, MARI, at(2));
  morning.must(finishService, morning.seen(ticketId), MARI, at(3));
  expect(morning.try(undoAct, {}, MARI, at(4))).toMatchObject({ ok: false, error: { code: 'too-late-to-undo' } });
});

test('an act is not taken back once somebody else has acted on the visitor', () => {
  const morning = new Morning();
  morning.must(takeDesk, { deskId: DESK_1, takeOver: false }, MARI, at(0));
  morning.must(takeDesk, { deskId: DESK_2, takeOver: false }, JUHAN, at(0));
  const { ticketId } = morning.must(issueTicket, { needId: 'papers.submit' as NeedId, language: 'et' }, KIOSK, at(1));
  morning.must(callNext, {}, MARI, at(2));
  const to = { kind: 'service', serviceId: 'pension' as ServiceId } as const;
  morning.must(transferTicket, { ...morning.seen(ticketId), to, note: null }, MARI, at(3));
  morning.must(callTicket, { ...morning.seen(ticketId), reason: 'other' }, JUHAN, at(3));
  expect(morning.try(undoAct, {}, MARI, at(3))).toMatchObject({ ok: false, error: { code: 'changed-meanwhile' } });
});
