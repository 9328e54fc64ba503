import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Outage } from '../../../../server/basics/outage.ts';
import { callNext } from '../../../../server/commands/calling.ts';
import { takeDesk } from '../../../../server/commands/desks.ts';
import { issueTicket } from '../../../../server/commands/issue-ticket.ts';
import { finishService } from '../../../../server/commands/serving.ts';
import { demonstrationPlan } from '../../../../server/content/demonstration.ts';
import type { Book } from '../../../../server/domain/book.ts';
import { exportRecord, sealed, type JournalLine } from '../../../../server/domain/journal.ts';
import { chainHash } from '../../../../server/domain/chain.ts';
import type { Actor, DeskId, EpochMs, NeedId, RequestId, StaffId } from '../../../../server/domain/ids.ts';
import { inOrder } from '../../../../server/domain/line.ts';
import { LANGUAGES } from '../../../../server/domain/language.ts';
import type { Plan } from '../../../../server/domain/plan.ts';
import { readBook } from '../../../../server/store/book-reading.ts';
import { journalFrom } from '../../../../server/store/journal.ts';
import { Ledger } from '../../../../server/store/ledger.ts';
import { DatabaseBehind, openStore, type Store } from '../../../../server/store/opening.ts';

const DESKS = 20;
const START = Date.parse('2026-11-24T08:00:00Z');
const DAY = '2026-11-24';
const base = demonstrationPlan();
const numbers = Array.from({ length: DESKS }, (_, i) => String(i));
const plan: Plan = {
  ...base,
  version: 1,
  desks: numbers.map((number) => ({ id: number as DeskId, kind: 'desk', number })),
  specialists: numbers.map((number) => ({
    id: `staff-${number}` as StaffId,
    name: number,
    services: base.services.map(({ id }) => id),
    languages: LANGUAGES,
  })),
};

let dataDir: string;
let store: Store;
let ledger: Ledger;
let now: number;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'infolett-ledger-'));
  now = START;
  await openAgain();
  for (const number of numbers) {
    const request = { requestId: randomUUID() as string as RequestId, deskId: number as DeskId, takeOver: false };
    await ledger.carryOut('desk:take', takeDesk, request, `staff-${number}` as StaffId);
  }
});

afterEach(async () => {
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function openAgain(): Promise<void> {
  store = await openStore({ dataDir, databaseUrl: null, office: 'office' });
  ledger = new Ledger(store.database, store.audit, { now: () => now as EpochMs, plan: () => plan, newId: randomUUID });
  await ledger.open();
}

function issue(requestId: string = randomUUID(), actor = 'kiosk-1' as Actor) {
  const tap = { requestId: requestId as RequestId, needId: 'papers.submit' as NeedId, language: 'et' as const };
  return ledger.carryOut('ticket:issue', issueTicket, tap, actor);
}

function callTo(desk: string) {
  return ledger.carryOut(
    'desk:call-next',
    callNext,
    { requestId: randomUUID() as string as RequestId },
    `staff-${desk}` as StaffId,
  );
}

function many<T>(count: number, act: (i: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => act(i)));
}

/** What of a book must survive a restart: all but the memory of undoing. */
function lasting(book: Book) {
  const { undo: _undo, answeredSince: _since, recentSlips: _slips, lines, held, ...rest } = book;
  const places = [...lines].map(([queue, line]) => [queue, [...inOrder(line)].map(({ id }) => id)]);
  return { ...(JSON.parse(JSON.stringify(rest)) as object), places, held: held.size };
}

describe('the ledger', () => {
  test('gives 200 visitors 200 numbers without a gap', async () => {
    const issued = await many(200, () => issue());
    const given = issued.flatMap((result) => (result.ok ? [result.value.reply.number] : []));
    expect(new Set(given).size).toBe(200);
    expect([...given].sort().at(-1)).toBe('A200');
  });

  test('20 desks that call twice at the same moment get one visitor each and one refusal each', async () => {
    await many(200, () => issue());
    const called = await many(40, (i) => callTo(String(i % DESKS)));
    expect(new Set(called.flatMap((result) => (result.ok ? [result.value.reply.number] : []))).size).toBe(DESKS);
    expect(called.filter((result) => !result.ok && result.error.code === 'desk-busy')).toHaveLength(DESKS);
  });

  test('the same request sent ten times issues one ticket, also after midnight and after a restart', async () => {
    const requestId = randomUUID();
    const at = Date.parse('2026-11-24T21:59:00Z');
    now = at;
    const answers = await many(10, () => issue(requestId));
    const first = answers[0];
    for (const answer of answers) expect(answer.ok && answer.value.reply).toEqual(first?.ok && first.value.reply);
    expect(answers.filter((answer) => answer.ok && !answer.value.isRepeat)).toHaveLength(1);
    now = at + 5 * 60_000;
    await store.close();
    await openAgain();
    const again = await issue(requestId);
    expect(again).toMatchObject({ ok: true, value: { isRepeat: true } });
    expect(ledger.committed.open.size).toBe(1);
  });

  test('the same id from somebody else, or for something else, is not the same request', async () => {
    const requestId = randomUUID();
    await issue(requestId);
    expect(await issue(requestId, 'kiosk-2' as Actor)).toEqual({ ok: false, error: { code: 'id-taken' } });
    const other = ledger.carryOut(
      'desk:call-next',
      callNext,
      { requestId: requestId as RequestId },
      'kiosk-1' as Actor,
    );
    expect(await other).toEqual({ ok: false, error: { code: 'id-taken' } });
  });

  test('a commit that fails is an outage for all that was queued; nothing of it stays, and work goes on', async () => {
    await issue();
    const before = lasting(ledger.committed);
    const { database } = store;
    const commit = database.commit.bind(database);
    const lost: Promise<unknown>[] = [];
    vi.spyOn(database, 'commit').mockImplementationOnce((work) =>
      commit(async (trx) => {
        await work(trx);
        const late = issue('11111111-1111-4111-8111-111111111113'); // decided on a book that will never be
        late.catch(() => undefined);
        lost.push(late);
        throw new Outage('disk full');
      }),
    );
    lost.push(
      issue('11111111-1111-4111-8111-111111111111'),
      issue('11111111-1111-4111-8111-111111111112'),
      callTo('1'),
    );
    await Promise.allSettled(lost);
    const outcomes = await Promise.allSettled(lost);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(Outage) as Outage });
    expect(lost).toHaveLength(4);
    expect(lasting(await database.read((trx) => readBook(trx, DAY, now as EpochMs)))).toEqual(before);

    const retried = await issue('11111111-1111-4111-8111-111111111111');
    expect(retried).toMatchObject({ ok: true, value: { reply: { number: 'A002' }, isRepeat: false } });
    expect(ledger.committed.open.size).toBe(2);
  });

  test('writes the audit file before it tells the boards, and the boards before it replies', async () => {
    const order: string[] = [];
    ledger.onCommitted = (_, lines) => {
      order.push(`boards ${store.audit.head.seq === lines.at(-1)?.seq ? 'after' : 'before'} the audit file`);
    };
    await issue().then(() => order.push('reply'));
    expect(order).toEqual(['boards after the audit file', 'reply']);
  });

  test('the book read again from the database is the book in memory', async () => {
    await many(30, () => issue());
    await many(10, (i) => callTo(String(i)));
    for (const ticket of [...ledger.committed.open.values()]
      .filter(({ state }) => state.kind === 'called')
      .slice(0, 5)) {
      const desk = 'deskId' in ticket.state ? ticket.state.deskId : '';
      const request = { requestId: randomUUID() as string as RequestId, ticketId: ticket.id, version: ticket.version };
      await ledger.carryOut('ticket:finish', finishService, request, `staff-${desk}` as StaffId);
    }
    const read = await store.database.read((trx) => readBook(trx, DAY, now as EpochMs));
    expect(lasting(read)).toEqual(lasting(ledger.committed));
  });
});

describe('the journal', () => {
  async function lines(): Promise<readonly JournalLine[]> {
    return store.database.read((trx) => journalFrom(trx, 1, 10_000));
  }

  test('has no gaps, and every line covers the one before', async () => {
    await many(50, () => issue());
    const all = await lines();
    let prevHash = '';
    for (const [i, line] of all.entries()) {
      expect(line.seq).toBe(i + 1);
      expect(line.prevHash).toBe(prevHash);
      expect(line.hash).toBe(chainHash(prevHash, exportRecord(line)));
      prevHash = line.hash;
    }
    expect(all.length).toBe(DESKS + 50);
  });

  test('a changed line no longer fits its seal', async () => {
    await issue();
    const [line] = (await lines()).slice(-1);
    if (!line) throw new Error('a line was written');
    expect(chainHash(line.prevHash, exportRecord({ ...line, body: { ...line.body, number: 'A999' } }))).not.toBe(
      line.hash,
    );
    expect(sealed({ ...line, at: Date.parse(line.at) as EpochMs }, line.seq, line.prevHash).hash).toBe(line.hash);
  });

  test('stands in audit.jsonl too, line for line', async () => {
    await many(20, () => issue());
    const written = (await readFile(join(dataDir, 'audit.jsonl'), 'utf8')).trimEnd().split('\n');
    const all = await lines();
    expect(written.map((text) => (JSON.parse(text) as { hash: string }).hash)).toEqual(all.map(({ hash }) => hash));
    expect(written.join('')).not.toContain('papers.submit');
  });

  test('an audit file that is behind is brought up to date at the next start', async () => {
    await many(5, () => issue());
    const path = join(dataDir, 'audit.jsonl');
    const whole = await readFile(path, 'utf8');
    await store.close();
    await writeFile(path, whole.split('\n').slice(0, 3).join('\n')); // three lines, the last of them cut short
    await openAgain();
    expect(await readFile(path, 'utf8')).toBe(whole);
  });

  test('a database that is behind the audit file is not served: no number is given twice', async () => {
    const path = join(dataDir, 'audit.jsonl');
    await issue();
    await store.close();
    const head = (await readFile(path, 'utf8')).trimEnd().split('\n').at(-1) ?? '';
    const ahead = { ...(JSON.parse(head) as object), seq: 10_000 };
    await writeFile(path, `${await readFile(path, 'utf8')}${JSON.stringify(ahead)}\n`);
    await expect(openStore({ dataDir, databaseUrl: null, office: 'office' })).rejects.toThrow(DatabaseBehind);
    await rm(path);
    await rm(join(dataDir, 'office.lock'), { force: true });
    await openAgain();
  });
});

test('two processes cannot serve the same office', async () => {
  await expect(openStore({ dataDir, databaseUrl: null, office: 'office' })).rejects.toThrow('another process serves');
});
