import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { aBoard, called, instant, MINUTE_MS, nextOf, NOW, parked, waiting } from '../../unit/console/a-board.ts';
import { atTheDesk, key } from './at-the-desk.ts';

const NEXT = waiting('K042');
const FREE = aBoard({ waiting: [NEXT, waiting('K043')], next: nextOf(NEXT) });
const CALLED = aBoard({ current: called('A007') });
const SERVING = aBoard({ current: called('A007', { state: 'serving' }) });

function names(asked: readonly { readonly name: string }[]): readonly string[] {
  return asked.map(({ name }) => name);
}

describe('at the desk', () => {
  test('exactly one key is filled, whoever is there', async () => {
    const { line } = await atTheDesk(FREE);
    for (const board of [FREE, CALLED, SERVING, { ...FREE, me: { ...FREE.me, pause: PAUSE } }]) {
      line.board = board;
      await expect.poll(() => document.querySelectorAll('main button.main').length).toBe(1);
    }
  });

  test('the verbs keep their place from call to finish', async () => {
    const { line } = await atTheDesk(CALLED);
    const place = (): number | undefined => key('transfer').element().getBoundingClientRect().top;
    const before = place();
    line.board = SERVING;
    await expect.element(key('finish')).toBeVisible();
    expect(place()).toBe(before);
    line.board = aBoard();
    await expect.element(key('finish')).not.toBeInTheDocument();
    expect(place()).toBe(before);
  });

  test('after a call the same finger does not begin at once', async () => {
    const { line } = await atTheDesk(FREE);
    await expect.element(key('call-next')).toHaveAttribute('aria-disabled', 'false');
    line.board = CALLED;
    await expect.element(key('begin')).toHaveAttribute('aria-disabled', 'true');
    (key('begin').element() as HTMLElement).click();
    expect(line.asked).toHaveLength(0);
    await key('begin').click();
    expect(names(line.asked)).toEqual(['ticket:begin']);
  });

  test('a screen reader says the own call at once', async () => {
    await atTheDesk(CALLED, 'en');
    await expect.element(key('voice-own')).toMatchTextContent('Number A007 is called');
    await expect.element(key('voice-own')).toHaveAttribute('aria-live', 'assertive');
    await expect.element(key('voice-queue')).toHaveAttribute('aria-live', 'polite');
  });

  test('undo is offered for as long as it is possible, and no longer', async () => {
    const until = instant(NOW + 10_000);
    const { line } = await atTheDesk({
      ...FREE,
      undo: { ticketId: NEXT.ticketId, number: NEXT.number, act: 'finish', until },
    });
    await expect.element(key('undo')).toBeVisible();
    line.now = until;
    await expect.element(key('undo')).not.toBeInTheDocument();
    await userEvent.keyboard('z');
    expect(line.asked).toHaveLength(0);
  });

  test('a missed visitor is shown with the end of the rejoin window', async () => {
    await atTheDesk(aBoard({ parked: [parked('K009')] }), 'en');
    await expect.element(key('row-K009')).toMatchTextContent(/place kept until 10:15/);
    await expect.element(key('row-K009')).toMatchTextContent(/15 min left/);
  });
});

describe('a waiting visitor', () => {
  test('the next one is called in order, without a reason', async () => {
    const { line } = await atTheDesk(FREE);
    await key('row-K042').click();
    await key('pick').click();
    expect(names(line.asked)).toEqual(['desk:call-next']);
  });

  test('another one is called with a reason, and the version that was seen', async () => {
    const { line } = await atTheDesk(FREE);
    await key('row-K043').click();
    await key('pick').click();
    await key('reason-urgent').click();
    expect(line.asked).toMatchObject([
      { name: 'desk:call-ticket', request: { ticketId: 'id-K043', version: 1, reason: 'urgent' } },
    ]);
  });

  test('where the head has switched it off, the key says so', async () => {
    await atTheDesk({ ...FREE, mayCallOutOfOrder: false }, 'en');
    await key('row-K043').click();
    await expect.element(key('pick')).toHaveAttribute('aria-disabled', 'true');
    await expect.element(page.getByText('In this office visitors are called in order only.')).toBeVisible();
  });

  test('gone while its question is open: the question says so', async () => {
    const { line } = await atTheDesk(FREE, 'en');
    await key('row-K043').click();
    line.board = { ...FREE, waiting: [NEXT] };
    await expect.element(page.getByText('It was closed meanwhile, or is at another desk.')).toBeVisible();
  });

  test('a refusal in a question is read in the question', async () => {
    const { line } = await atTheDesk(SERVING);
    line.reply = () => ({ ok: false, error: { code: 'unknown-service' } });
    await key('transfer').click();
    await key('send-family').click();
    await expect.element(page.getByRole('dialog').getByTestId('trouble')).toBeVisible();
  });

  test('whose need a restore could not bring back is to be asked again: in the line and in the question', async () => {
    await atTheDesk({ ...FREE, waiting: [NEXT, waiting('K050', { needLost: true })] }, 'en');
    await expect.element(key('row-K050')).toMatchTextContent(/ask again what it is about/);
    await expect.element(key('row-K042')).not.toMatchTextContent(/ask again/);
    await key('row-K050').click();
    await expect.element(page.getByRole('dialog')).toMatchTextContent(/ask again what it is about/);
  });

  test('and at the desk', async () => {
    await atTheDesk(aBoard({ current: called('K050', { needLost: true }) }), 'ru');
    await expect.element(page.getByText(/спросите ещё раз/)).toBeVisible();
  });

  test('any number can be found, and after the visit only how it ended is seen', async () => {
    const closed = { ...waiting('A001'), outcome: 'served' as const, at: instant(NOW - MINUTE_MS) };
    await atTheDesk({ ...FREE, closed: [closed] }, 'en');
    await key('find-number').fill('a1');
    await expect.element(key('found-A001')).toMatchTextContent(/served · 09:59/);
    await expect.element(key('found-A001')).not.toMatchTextContent(/Pensions/);
  });
});

describe('shortcuts', () => {
  test('act at the desk, can be changed, and can be switched off', async () => {
    const { line } = await atTheDesk(SERVING);
    await key('menu').click();
    await key('shortcut-finish').click();
    await userEvent.keyboard('k');
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('f');
    await userEvent.keyboard('k');
    expect(names(line.asked)).toEqual(['ticket:finish']);
    await key('menu').click();
    await key('shortcuts-on').click();
    await key('close').click();
    await userEvent.keyboard('k');
    expect(line.asked).toHaveLength(1);
  });

  test('do nothing while somebody types, nor on a page where the visitor is not seen', async () => {
    const { line } = await atTheDesk(SERVING);
    await key('find-number').click();
    await userEvent.keyboard('f');
    await key('page-overview').click();
    await userEvent.keyboard('f');
    expect(names(line.asked).filter((name) => name !== 'day:mine')).toEqual([]);
  });
});

const PAUSE = { reason: 'lunch', plannedEnd: null } as const;
