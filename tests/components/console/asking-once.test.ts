import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { aBoard, called, nextOf, waiting } from '../../unit/console/a-board.ts';
import { atTheDesk, key } from './at-the-desk.ts';
import { noAnswer } from './scripted-line.svelte.ts';

const NEXT = waiting('K042');
const FREE = aBoard({ waiting: [NEXT], next: nextOf(NEXT) });

describe('an act is asked for once', () => {
  test('while its answer is awaited, every verb is off', async () => {
    const { line } = await atTheDesk(FREE);
    const answer = Promise.withResolvers<never>();
    line.reply = () => answer.promise;
    await key('call-next').click();
    await expect.element(key('call-next')).toHaveAttribute('aria-disabled', 'true');
    await userEvent.keyboard('n');
    expect(line.asked).toHaveLength(1);
    answer.reject(new Error('no answer in time'));
  });

  test('nothing on the screen changes before the office has answered', async () => {
    const { line } = await atTheDesk(FREE);
    await key('call-next').click();
    await expect.element(key('row-K042')).toBeVisible();
    line.board = { ...FREE, revision: 2, waiting: [], next: null, current: called('K042') };
    await expect.element(key('current-ticket')).toMatchTextContent('K042');
    await expect.element(key('row-K042')).not.toBeInTheDocument();
  });

  test('without a connection the verbs are off and the strip says since when', async () => {
    const { line } = await atTheDesk(FREE);
    line.connected = false;
    await expect.element(key('offline')).toMatchTextContent(/10:00/);
    await expect.element(key('call-next')).toHaveAttribute('aria-disabled', 'true');
    await userEvent.keyboard('n');
    expect(line.asked).toHaveLength(0);
  });

  test('a refusal is read at the verb that asked, in the language of the one signed in', async () => {
    const { line } = await atTheDesk(FREE, 'ru');
    line.reply = () => ({ ok: false, error: { code: 'queue-empty' } });
    await key('call-next').click();
    await expect.element(key('trouble')).toMatchTextContent('некого');
  });

  test('a fault shows its reference', async () => {
    const { line } = await atTheDesk(FREE);
    line.reply = () => ({ ok: false, error: { code: 'outage', reference: '7f3a' } });
    await key('call-next').click();
    await expect.element(key('trouble')).toMatchTextContent(/7f3a/);
  });
});

describe('a lost answer', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout'] }));
  afterEach(() => vi.useRealTimers());

  test('is asked for again with the same id until it comes, and nothing else can be pressed meanwhile', async () => {
    const { line, office } = await atTheDesk(FREE);
    vi.advanceTimersByTime(1_000);
    line.reply = noAnswer;
    const act = office.act('desk:call-next', {});
    for (let i = 0; i < 4; i++) await vi.advanceTimersByTimeAsync(1_000);
    await expect.element(key('late')).toBeVisible();
    expect(await office.act('desk:call-next', {})).toBeNull();
    line.reply = () => ({ ok: true, value: null });
    await vi.advanceTimersByTimeAsync(1_000);
    await act;
    expect(line.asked.length).toBeGreaterThan(3);
    expect(new Set(line.asked.map(({ request }) => request.requestId)).size).toBe(1);
    expect(office.pending).toBeNull();
    expect(office.late).toBe(false);
  });
});
