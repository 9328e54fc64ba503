import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import type { ConsoleContent } from '../../../../server/contract/content.ts';
import { callRulesOf } from '../../../../server/domain/call-rules.ts';
import { connect, pair, type OfficeSocket } from '../../../support/clients.ts';
import { OfficeProcess } from '../../../support/server.ts';
import { deskBoardOf } from '../../../support/staffed-office.ts';
import { until } from '../../../support/waiting.ts';

let office: OfficeProcess;
let cookie: string;
let head: OfficeSocket;
let planVersion: number;

beforeAll(async () => {
  office = await OfficeProcess.start();
  cookie = await office.signInFirst();
  const { socket, board } = await connect(office.url, 'console', cookie);
  head = socket;
  ({ planVersion } = board);
  head.on('board', (next) => (planVersion = next.planVersion));
});

afterAll(async () => {
  head.disconnect();
  await office.stop();
});

async function content(): Promise<ConsoleContent> {
  const response = await fetch(`${office.url}/content/console/${planVersion}.json`, { headers: { cookie } });
  return (await response.json()) as ConsoleContent;
}

async function setRules(rules: object, seen = planVersion) {
  const before = callRulesOf(await content());
  const set = JSON.parse(JSON.stringify({ ...before, rules: { ...before.rules, ...rules } })) as typeof before;
  const request = { requestId: randomUUID(), planVersion: seen, set } as unknown;
  return head.emitWithAck('rules:set', request as Parameters<typeof head.emitWithAck<'rules:set'>>[1]);
}

describe('the head sets the rules of calling', () => {
  test('each change is a version with its line in the history; who waits keeps the promise', async () => {
    const { socket: kiosk } = await connect(office.url, 'kiosk', await pair(office.url, 'kiosk'));
    await kiosk.emitWithAck('ticket:issue', { requestId: randomUUID(), needId: 'papers.submit', language: 'et' });
    const seen = planVersion;
    const answer = await setRules({ mayCallOutOfOrder: false, rejoinWindowMs: 600_000 });
    expect(answer).toEqual({ ok: true, value: { planVersion: seen + 1 } });
    await until('the console hears of the new version', () => planVersion === seen + 1);
    expect((await content()).rules.mayCallOutOfOrder).toBe(false);
    const history = await head.emitWithAck('rules:history', { requestId: randomUUID() });
    expect(history).toMatchObject({
      ok: true,
      value: [
        {
          planVersion: seen + 1,
          by: 'Liis Mets',
          changes: [
            { what: 'rule', rule: 'rejoinWindowMs', before: 900_000, after: 600_000 },
            { what: 'rule', rule: 'mayCallOutOfOrder', before: true, after: false },
          ],
        },
      ],
    });
    const { board, socket } = await connect(office.url, 'console', cookie);
    expect(deskBoardOf(board)).toMatchObject({ mayCallOutOfOrder: false, waiting: [{ number: 'A001' }] });
    socket.disconnect();
    kiosk.disconnect();
  });

  test('sent again it changes nothing; who looked at an older version is told so', async () => {
    const seen = planVersion;
    const first = await setRules({ autoCallOnFinish: true }, seen);
    expect(first).toEqual({ ok: true, value: { planVersion: seen + 1 } });
    expect(await setRules({ autoCallOnFinish: true }, seen)).toEqual(first);
    await until('the console hears of the new version', () => planVersion === seen + 1);
    expect(await setRules({ autoCallOnFinish: false }, seen)).toEqual({
      ok: false,
      error: { code: 'plan-changed', version: seen + 1 },
    });
  });

  test('nonsense is refused', async () => {
    expect(await setRules({ callsBeforeNoShow: 0 })).toMatchObject({ ok: false, error: { code: 'malformed' } });
    expect(await setRules({ rejoinWindowMs: 1234 })).toMatchObject({ ok: false, error: { code: 'malformed' } });
  });

  test('they last through a restart', async () => {
    const seen = planVersion;
    await office.kill();
    await office.start();
    const { socket, board } = await connect(office.url, 'console', cookie);
    socket.disconnect();
    expect(board.planVersion).toBe(seen);
    expect((await content()).rules).toMatchObject({ mayCallOutOfOrder: false, autoCallOnFinish: true });
  });
});

test('where is this number? closed ones of the day are found too, and my day tells whom I served', async () => {
  await until('the line is up again', () => head.connected);
  const { socket: kiosk } = await connect(office.url, 'kiosk', await pair(office.url, 'kiosk'));
  const find = (letters: string, digits: string) =>
    head.emitWithAck('ticket:find', { requestId: randomUUID(), letters, digits });
  expect(await find('a', '1')).toMatchObject({ ok: true, value: [{ number: 'A001', where: 'waiting', ahead: 0 }] });
  expect(await find('k', '1')).toEqual({ ok: true, value: [] });
  const ask = { requestId: randomUUID(), deskId: 'lett-1' as never, takeOver: false };
  await head.emitWithAck('desk:take', ask);
  const called = await head.emitWithAck('desk:call-next', { requestId: randomUUID() });
  const ticketId = called.ok ? called.value.ticketId : '';
  const finishing = { requestId: randomUUID(), ticketId: ticketId as never, version: 2, resolution: 'solved' as const };
  await head.emitWithAck('ticket:finish', finishing);
  expect(await find('', '001')).toMatchObject({
    ok: true,
    value: [{ number: 'A001', where: 'closed', outcome: 'served', deskId: 'lett-1' }],
  });
  expect(await head.emitWithAck('day:mine', { requestId: randomUUID() })).toMatchObject({
    ok: true,
    value: { visits: [{ number: 'A001', how: 'finished', resolution: 'solved' }], helped: 0 },
  });
  kiosk.disconnect();
});

describe('the head writes what kiosks tell when no number can be given', () => {
  const WORDS = {
    et: ' Võtke number hoidikust\u00a0 infoleti juures. ',
    en: 'Take a number from the holder.',
    ru: 'Возьмите номер в держателе.',
  };
  const change = (words: typeof WORDS, seen = planVersion) =>
    head.emitWithAck('fallback-words:change', { requestId: randomUUID(), planVersion: seen, words });

  test('every kiosk hears of it with its next board, and keeps it', async () => {
    expect(await change(WORDS)).toEqual({ ok: true, value: null });
    const looked = await head.emitWithAck('fallback-words:look', { requestId: randomUUID() });
    const words = { ...WORDS, et: 'Võtke number hoidikust infoleti juures.' };
    expect(looked).toMatchObject({ ok: true, value: { words } });
    const { socket, board } = await connect(office.url, 'kiosk', await pair(office.url, 'kiosk'));
    const kept = (await (await fetch(`${office.url}/content/kiosk/${board.planVersion}.json`)).json()) as object;
    expect(kept).toMatchObject({ office: { fallback: words } });
    socket.disconnect();
  });

  test('a language that is missing is named, and nothing changes', async () => {
    await until('the console hears of the newest version', async () => {
      const looked = await head.emitWithAck('fallback-words:look', { requestId: randomUUID() });
      return looked.ok && looked.value.planVersion === planVersion;
    });
    const before = planVersion;
    const refused = await change({ ...WORDS, ru: '  ' });
    expect(refused).toEqual({ ok: false, error: { code: 'texts-incomplete', missing: ['ru'] } });
    expect(planVersion).toBe(before);
  });
});
