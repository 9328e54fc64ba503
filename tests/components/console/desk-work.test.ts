import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { aBoard, called, instant, MINUTE_MS, nextOf, NOW, queueOf, waiting } from '../../unit/console/a-board.ts';
import { atTheDesk, key } from './at-the-desk.ts';
import { answering } from './scripted-line.svelte.ts';

const SERVING = aBoard({ current: called('A007', { state: 'serving' }) });

describe('how a service ended', () => {
  test('is told with the finish, when somebody chose it', async () => {
    const { line } = await atTheDesk(SERVING);
    await key('resolution').selectOptions('advised');
    await key('finish').click();
    expect(line.asked).toMatchObject([{ name: 'ticket:finish', request: { resolution: 'advised' } }]);
  });

  test('may be left out, unless the office insists: then the key says what is missing', async () => {
    const { line } = await atTheDesk({ ...SERVING, resolutionRequired: true }, 'en');
    await expect.element(key('finish')).toHaveAttribute('aria-disabled', 'true');
    await expect.element(page.getByText('Choose the result first, then you can finish.')).toBeVisible();
    await key('resolution').selectOptions('solved');
    await key('finish').click();
    line.board = SERVING;
    await key('resolution').selectOptions('');
    await key('finish').click();
    expect(line.asked.map(({ request }) => request.resolution)).toEqual(['solved', null]);
  });
});

describe('where desk and ticket disagree', () => {
  const astray = { ...waiting('A009'), kind: 'astray' as const, deskId: 'laud-3' as never, since: instant(NOW) };

  test('every page says so, and whoever looked says what is so', async () => {
    const { line } = await atTheDesk(aBoard({ repairs: [astray] }), 'en');
    await key('page-overview').click();
    await expect.element(key('repair-laud-3')).toMatchTextContent(/A009/);
    await key('repair-waits-again').click();
    expect(line.asked.filter(({ name }) => name === 'desk:repair')).toMatchObject([
      { request: { deskId: 'laud-3', ticketId: 'id-A009', how: 'waits-again' } },
    ]);
  });

  test('an office in order shows nothing', async () => {
    await atTheDesk(aBoard());
    await expect.element(key('repair-laud-3')).not.toBeInTheDocument();
  });
});

test('a number that is not on the board is asked of the office', async () => {
  const { line } = await atTheDesk(aBoard(), 'en');
  const found = { ticketId: 'id-A001', number: 'A001', issuedAt: NOW, since: NOW - MINUTE_MS };
  line.reply = () => ({
    ok: true,
    value: [{ ...found, where: 'closed', ahead: null, deskId: 'laud-2', outcome: 'no-show' }],
  });
  await key('find-number').fill('а1');
  await expect.element(key('found-A001')).toMatchTextContent(/did not come|no-show/i);
  expect(line.asked).toMatchObject([{ name: 'ticket:find', request: { letters: 'A', digits: '1' } }]);
});

test('the office says when it will call for this desk by itself', async () => {
  const next = waiting('A042');
  const board = aBoard({ waiting: [next], next: nextOf(next), callsAt: instant(NOW + 8_000) });
  const { line } = await atTheDesk(board, 'en');
  await expect.element(page.getByText(/by itself in 8 s/)).toBeVisible();
  line.board = { ...board, waiting: [], next: null };
  await expect.element(page.getByText(/by itself when somebody comes/)).toBeVisible();
});

test('whom the office is about to fail is seen before it happens', async () => {
  const rows = [waiting('A001'), waiting('A002', { outlook: 'at-risk' }), waiting('A003', { outlook: 'broken' })];
  await atTheDesk(aBoard({ waiting: rows }));
  await key('page-overview').click();
  await expect.element(key('row-A002')).toBeVisible();
  await expect.element(key('row-A003')).toBeVisible();
  await expect.element(key('row-A001')).not.toBeInTheDocument();
});

const QUEUES = ['info', 'pension', 'disability'].map(queueOf);

test.each(['et', 'en', 'ru'] as const)('on a phone no word of a queue is broken (%s)', async (language) => {
  await atTheDesk(aBoard({ queues: QUEUES }), language);
  await page.viewport(390, 844);
  await key('page-overview').click();
  await expect.poll(() => document.querySelectorAll('tbody th').length).toBe(QUEUES.length);
  const asWide = document.createElement('span');
  document.body.append(asWide);
  for (const cell of document.querySelectorAll('thead th, tbody th, td')) {
    const { font, display } = getComputedStyle(cell);
    if (display === 'none') continue;
    Object.assign(asWide.style, { font, position: 'absolute', whiteSpace: 'nowrap' });
    for (const word of cell.textContent.split(/\s+/)) {
      asWide.textContent = word;
      expect(asWide.offsetWidth, word).toBeLessThanOrEqual(cell.clientWidth);
    }
  }
  asWide.remove();
});

const OFFICE_WITHOUT_DEVICES = answering({ 'rules:history': [], 'rules:set': { planVersion: 2 } });

describe('the rules of calling', () => {
  test('are changed by the head: what was typed is what is asked', async () => {
    const { line } = await atTheDesk(aBoard());
    line.reply = OFFICE_WITHOUT_DEVICES;
    await userEvent.keyboard('4');
    await key('section-rules').click();
    await key('promise-pension').fill('15');
    await key('rule-mayCallOutOfOrder').click();
    await key('save-rules').click();
    const asked = line.asked.find(({ name }) => name === 'rules:set')?.request.set as {
      rules: { mayCallOutOfOrder: boolean };
      promises: { id: string; promiseMs: number }[];
    };
    expect(asked.rules.mayCallOutOfOrder).toBe(false);
    expect(asked.promises.find(({ id }) => id === 'pension')?.promiseMs).toBe(15 * MINUTE_MS);
  });

  test('an empty field is not sent', async () => {
    const { line } = await atTheDesk(aBoard(), 'en');
    line.reply = OFFICE_WITHOUT_DEVICES;
    await userEvent.keyboard('4');
    await key('section-rules').click();
    await key('promise-info').fill('');
    await key('save-rules').click();
    await expect.element(page.getByText('A field is empty or out of bounds. It is marked.')).toBeVisible();
    expect(line.asked.some(({ name }) => name === 'rules:set')).toBe(false);
  });

  test('a specialist reads them', async () => {
    const board = aBoard();
    const { line } = await atTheDesk({ ...board, me: { ...board.me, role: 'specialist' } });
    line.reply = OFFICE_WITHOUT_DEVICES;
    await userEvent.keyboard('4');
    await key('section-rules').click();
    await expect.element(key('promise-info')).toBeDisabled();
    await expect.element(key('save-rules')).not.toBeInTheDocument();
  });
});
