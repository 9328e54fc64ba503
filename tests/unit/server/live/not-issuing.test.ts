import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor, EpochMs, NeedId, RequestId } from '../../../../server/domain/ids.ts';
import { commandsOf, type Commands } from '../../../../server/live/commands.ts';
import type { Office } from '../../../../server/live/office.ts';
import type { PaperPort } from '../../../../server/live/paper.ts';
import { PhoneTokens } from '../../../../server/live/phone-tokens.ts';
import { LedgerOffice, PLAN, staffAt } from '../../../support/ledgers.ts';

let office: LedgerOffice;
let commands: Commands;
const watch = { mayIssue: true, rows: [] };

beforeEach(async () => {
  office = await LedgerOffice.open();
  await office.seatAll();
  watch.mayIssue = true;
  const paper = { condition: () => 'none' } as Partial<PaperPort> as PaperPort;
  const live = {
    ...{ bootId: 'boot', ledger: office.ledger, now: () => office.now as EpochMs, plan: () => PLAN, paper, watch },
    ...{ phones: new PhoneTokens(randomBytes(32)), publicUrl: () => 'http://localhost' },
    // Hall and phones answer none of what is asked here.
  } as Partial<Office> as Office;
  // Only what the queue itself answers is asked here.
  const registers = {} as Parameters<typeof commandsOf>[3];
  commands = commandsOf(live, { send: () => undefined }, () => undefined, registers);
});

afterEach(() => office.remove());

test('on a full disk nobody gets a number, those who have one are called, and an answer given once is given again', async () => {
  const kiosk = { role: 'kiosk', actor: 'kiosk-1' as Actor } as const;
  const tap = (requestId: string) =>
    commands['ticket:issue'](
      { requestId: requestId as RequestId, needId: 'papers.submit' as NeedId, language: 'et' },
      kiosk,
    );
  const before = randomUUID();
  const first = await tap(before);
  expect(first).toMatchObject({ ok: true, value: { number: 'A001' } });

  watch.mayIssue = false;
  expect(await tap(randomUUID())).toEqual({ ok: false, error: { code: 'not-issuing' } });
  expect(await tap(before)).toEqual(first);
  const requestId = randomUUID() as string as RequestId;
  const desk = { role: 'specialist', actor: staffAt(1) } as const;
  expect(await commands['desk:call-next']({ requestId }, desk)).toMatchObject({ ok: true, value: { number: 'A001' } });
  expect(office.book.issued).toBe(1);

  watch.mayIssue = true;
  expect(await tap(randomUUID())).toMatchObject({ ok: true, value: { number: 'A002' } });
});
