import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Outage } from '../../../../server/basics/outage.ts';
import { callNext } from '../../../../server/commands/calling.ts';
import { callForHelp, cancelHelp } from '../../../../server/commands/help-calls.ts';
import type { Actor, RequestId } from '../../../../server/domain/ids.ts';
import { DIALECTS } from '../../../support/database.ts';
import { DESKS, LedgerOffice, lasting, many, staffAt } from '../../../support/ledgers.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const KIOSK = 'kiosk-1' as Actor;

describe.each(DIALECTS)('the ledger on %s', (dialect) => {
  let office: LedgerOffice;

  beforeEach(async () => {
    office = await LedgerOffice.open(dialect);
    await office.seatAll();
  });

  afterEach(() => office.remove());

  test('gives 200 visitors 200 numbers without a gap', async () => {
    const issued = await many(200, () => office.issue());
    const given = issued.flatMap((result) => (result.ok ? [result.value.reply.number] : []));
    expect(new Set(given).size).toBe(200);
    expect([...given].sort().at(-1)).toBe('A200');
  });

  test('20 desks that call twice at the same moment get one visitor each and one refusal each', async () => {
    await many(200, () => office.issue());
    const called = await many(40, (i) => office.callTo(i % DESKS));
    expect(new Set(called.flatMap((result) => (result.ok ? [result.value.reply.number] : []))).size).toBe(DESKS);
    expect(called.filter((result) => !result.ok && result.error.code === 'desk-busy')).toHaveLength(DESKS);
  });

  test('the same request sent ten times issues one ticket, also after midnight and after a restart', async () => {
    const requestId = randomUUID();
    office.now = Date.parse('2026-11-24T21:59:00Z');
    const answers = await many(10, () => office.issue(requestId));
    const first = answers[0];
    for (const answer of answers) expect(answer.ok && answer.value.reply).toEqual(first?.ok && first.value.reply);
    expect(answers.filter((answer) => answer.ok && !answer.value.isRepeat)).toHaveLength(1);
    office.now += 5 * MINUTE_MS;
    await office.issue();
    expect(await office.issue(requestId)).toMatchObject({ ok: true, value: { isRepeat: true } });
    await office.close();
    await office.openAgain();
    expect(await office.issue(requestId)).toMatchObject({ ok: true, value: { isRepeat: true } });
    expect(office.book.open.size).toBe(2);
  });

  test('the same id from somebody else, or for something else, is not the same request', async () => {
    const requestId = randomUUID();
    await office.issue(requestId);
    expect(await office.issue(requestId, 'kiosk-2' as Actor)).toEqual({ ok: false, error: { code: 'id-taken' } });
    const other = office.ledger.carryOut('desk:call-next', callNext, { requestId: requestId as RequestId }, KIOSK);
    expect(await other).toEqual({ ok: false, error: { code: 'id-taken' } });
  });

  test('an id that comes again after its answer was forgotten is a new request, not a fault', async () => {
    const requestId = randomUUID();
    await office.issue(requestId);
    office.now += DAY_MS + MINUTE_MS;
    await office.close();
    await office.openAgain();
    expect(await office.issue(requestId)).toMatchObject({ ok: true, value: { isRepeat: false } });
    expect(office.book.open.size).toBe(2);
  });

  test('answers that no book knows any more are deleted', async () => {
    const requestId = randomUUID();
    await office.issue(requestId);
    office.now += 3 * DAY_MS;
    await office.issue();
    await office.ledger.settle();
    const kept = await office.store.database.read((trx) => trx.selectFrom('answer').select('request_id').execute());
    expect(kept).toHaveLength(1);
    expect(kept.map(({ request_id: id }) => id)).not.toContain(requestId);
  });

  test('a commit that fails is an outage for all that was queued; nothing of it stays, and work goes on', async () => {
    await office.issue();
    const before = lasting(office.book);
    const { database } = office.store;
    const commit = database.commit.bind(database);
    const lost: Promise<unknown>[] = [];
    const [first, second, late] = [randomUUID(), randomUUID(), randomUUID()];
    vi.spyOn(database, 'commit').mockImplementationOnce((work) =>
      commit(async (trx) => {
        await work(trx);
        lost.push(settled(office.issue(late))); // decided on a book that will never be
        throw new Outage('disk full');
      }),
    );
    lost.push(settled(office.issue(first)), settled(office.issue(second)), settled(office.callTo(1)));
    lost.push(settled(office.issue(first)));
    await Promise.all(lost);
    expect(await Promise.all(lost)).toEqual(Array.from({ length: 5 }, () => 'outage'));
    expect(lasting(await office.bookRead())).toEqual(before);

    const retried = await office.issue(first);
    expect(retried).toMatchObject({ ok: true, value: { reply: { number: 'A002' }, isRepeat: false } });
    expect(office.book.open.size).toBe(2);
  });

  test('writes the audit file before it tells the boards, and the boards before it replies', async () => {
    const order: string[] = [];
    office.ledger.onCommitted = (_, lines) => {
      order.push(`boards ${office.store.audit.head.seq === lines.at(-1)?.seq ? 'after' : 'before'} the audit file`);
    };
    await office.issue().then(() => order.push('reply'));
    expect(order).toEqual(['boards after the audit file', 'reply']);
  });

  test('commits what arrives together in one group, and more than five hundred in several', async () => {
    const groups: number[] = [];
    office.ledger.onCommitted = (_, lines) => groups.push(lines.length);
    await many(1_200, () => office.issue());
    expect(groups).toEqual([500, 500, 200]);
  });

  test('a clock that steps back over midnight gives no number twice, also after a restart', async () => {
    office.now = Date.parse('2026-11-24T22:01:00Z');
    await office.issue();
    office.now -= 10 * MINUTE_MS;
    await office.issue();
    await office.close();
    await office.openAgain();
    const third = await office.issue();
    expect(third).toMatchObject({ ok: true, value: { reply: { number: 'A003' } } });
    expect(office.book.day).toBe('2026-11-25');
  });

  test('a call for help that ended leaves no row behind', async () => {
    await office.ask(callForHelp, { language: 'et' }, KIOSK);
    await office.ask(cancelHelp, {}, KIOSK);
    const rows = await office.store.database.read((trx) => trx.selectFrom('help_call').select('id').execute());
    expect(rows).toEqual([]);
  });

  test('needs and notes stand in their own table alone', async () => {
    await office.issue();
    const { details, tickets, journal } = await office.store.database.read(async (trx) => ({
      details: await trx.selectFrom('ticket_details').select('need_id').execute(),
      tickets: await trx.selectFrom('ticket').selectAll().execute(),
      journal: await trx.selectFrom('journal').selectAll().execute(),
    }));
    expect(details).toEqual([{ need_id: 'papers.submit' }]);
    expect(JSON.stringify([tickets, journal])).not.toContain('papers.submit');
    await office.store.database.write((trx) => trx.deleteFrom('ticket_details').execute());
    const [ticket] = (await office.bookRead()).open.values();
    expect(ticket).toMatchObject({ number: 'A001', needId: null, note: '' });
  });
});

test('a specialist sits where the restart left them', async () => {
  const office = await LedgerOffice.open();
  await office.seatAll();
  await office.close();
  await office.openAgain();
  expect([...office.book.desks.values()].map(({ staffId }) => staffId)).toContain(staffAt(7));
  await office.remove();
});

function settled(answer: Promise<unknown>): Promise<string> {
  return answer.then(
    () => 'answered',
    (cause: unknown) => (cause instanceof Outage ? 'outage' : 'bug'),
  );
}
