import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Language } from '#contract/language.ts';
import TicketPage from '#kiosk/phone/TicketPage.svelte';
import '#look/tokens.css';
import '#look/base.css';
import { aPhoneBoard, DESK_3, NOW, ScriptedTicket } from './scripted-ticket.svelte.ts';

async function onThePhone(changes: Partial<ScriptedTicket> = {}, language: Language | null = null, width = 390) {
  await page.viewport(width, 844);
  const ticket = Object.assign(new ScriptedTicket(), changes);
  const asked: Language[] = [];
  await render(TicketPage, { ticket, language, onlanguage: (one: Language) => asked.push(one) });
  await expect.poll(() => document.documentElement.dataset.surface).toBe('phone');
  return { ticket, asked };
}

describe('a ticket that waits', () => {
  test('shows place, range and promise in the language of the ticket', async () => {
    await onThePhone({ board: aPhoneBoard({ ahead: 3 }), language: 'ru' });
    await expect.element(page.getByTestId('ticket-number')).toMatchTextContent(/K042/);
    await expect.element(page.getByText('3 человека')).toBeVisible();
    await expect.element(page.getByText('15–25 мин')).toBeVisible();
    await expect.element(page.getByText('Постараемся вызвать вас до 11:02.', { exact: false })).toBeVisible();
    expect(document.documentElement.lang).toBe('ru');
  });

  test('does not name its service: a phone is looked at over the shoulder', async () => {
    await onThePhone();
    await expect.element(page.getByText('Ohvriabi')).not.toBeInTheDocument();
  });

  test('can be read in another language', async () => {
    const { asked } = await onThePhone({}, 'en');
    await expect.element(page.getByText('7 people')).toBeVisible();
    await page.getByTestId('lang-ru').click();
    expect(asked).toEqual(['ru']);
  });

  test.each([320, 390])('fits a screen %i pixels wide with five signs', async (width) => {
    await onThePhone(
      { board: aPhoneBoard({ number: 'M1042' as ReturnType<typeof aPhoneBoard>['number'] }) },
      null,
      width,
    );
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    const number = page.getByTestId('ticket-number').element();
    expect(number.scrollWidth).toBeLessThanOrEqual(number.clientWidth);
  });
});

describe('a called ticket', () => {
  const board = aPhoneBoard({ state: 'called', place: DESK_3, calledAt: NOW });

  test('says where to go', async () => {
    await onThePhone({ board, language: 'en' });
    await expect.element(page.getByTestId('called')).toMatchTextContent(/It is your turn\. Please go to/);
    await expect.element(page.getByRole('heading', { name: 'Desk 3' })).toBeVisible();
    expect(document.title).toBe('K042: your turn');
  });

  test('shows no old call when the line is lost: the number is valid, the place is not known', async () => {
    const { ticket } = await onThePhone({ board, language: 'en' });
    ticket.stale = true;
    await expect.element(page.getByTestId('stale')).toMatchTextContent(/Your number is valid\./);
    await expect.element(page.getByText('Last message at 10:42')).toBeVisible();
    await expect.element(page.getByTestId('called')).not.toBeInTheDocument();
    await expect.element(page.getByText('Desk 3')).not.toBeInTheDocument();
  });
});

describe('leaving the queue', () => {
  test('is asked once more, and staying is the first key', async () => {
    const { ticket } = await onThePhone();
    await page.getByTestId('withdraw').click();
    await expect.element(page.getByTestId('withdraw-no')).toHaveFocus();
    await page.getByTestId('withdraw-no').click();
    expect(ticket.withdrawals).toBe(0);
    await page.getByTestId('withdraw').click();
    await page.getByTestId('withdraw-yes').click();
    await expect.element(page.getByText('See number enam ei kehti')).toBeVisible();
    expect(ticket.withdrawals).toBe(1);
  });

  test('says so when the office could not be asked', async () => {
    await onThePhone({ no: 'unreachable' });
    await page.getByTestId('withdraw').click();
    await page.getByTestId('withdraw-yes').click();
    await expect.element(page.getByRole('alert')).toMatchTextContent(/See ei õnnestunud\./);
    await expect.element(page.getByTestId('ticket-number')).toBeVisible();
  });
});

describe('a visitor who needs more time', () => {
  test('is told what it means, and lets one visitor go first', async () => {
    const { ticket } = await onThePhone({}, 'en');
    await page.getByTestId('phone-more-time').click();
    await expect.element(page.getByText('We will let one visitor go before you.', { exact: false })).toBeVisible();
    await page.getByTestId('phone-more-time-yes').click();
    await expect.element(page.getByTestId('phone-more-time-outcome')).toMatchTextContent(/One visitor goes before you/);
    expect(ticket.moreTimes).toBe(1);
  });

  test('is told what became of the last time that is allowed', async () => {
    const { ticket } = await onThePhone({ board: aPhoneBoard({ moreTimes: 1 }) }, 'en');
    await page.getByTestId('phone-more-time').click();
    await page.getByTestId('phone-more-time-yes').click();
    ticket.board = aPhoneBoard({ moreTimes: 0 });
    await expect.element(page.getByTestId('phone-more-time')).not.toBeInTheDocument();
    await expect.element(page.getByTestId('phone-more-time-outcome')).toMatchTextContent(/One visitor goes before you/);
  });

  test('hears why it is not possible now', async () => {
    await onThePhone({ no: 'nobody-behind' }, 'ru');
    await page.getByTestId('phone-more-time').click();
    await page.getByTestId('phone-more-time-yes').click();
    await expect.element(page.getByRole('alert')).toMatchTextContent(/никто не ждёт/);
  });

  test('finds no such key when the office allows no more, or after the call', async () => {
    const { ticket } = await onThePhone({ board: aPhoneBoard({ moreTimes: 0 }) });
    await expect.element(page.getByTestId('withdraw')).toBeVisible();
    await expect.element(page.getByTestId('phone-more-time')).not.toBeInTheDocument();
    ticket.board = aPhoneBoard({ state: 'called', place: DESK_3, calledAt: NOW });
    await expect.element(page.getByTestId('called')).toBeVisible();
    await expect.element(page.getByTestId('phone-more-time')).not.toBeInTheDocument();
  });
});

test('another phone only looks on, and says so', async () => {
  await onThePhone({ holds: false }, 'en');
  await expect.element(page.getByTestId('other-phone')).toBeVisible();
  await expect.element(page.getByTestId('ticket-number')).toBeVisible();
  await expect.element(page.getByTestId('withdraw')).not.toBeInTheDocument();
  await expect.element(page.getByTestId('phone-more-time')).not.toBeInTheDocument();
});

describe('what to bring for a service that is nobody else’s business', () => {
  test('is shown only when asked for', async () => {
    await onThePhone({ board: aPhoneBoard({ guarded: true }) });
    await expect.element(page.getByText('Dokument')).not.toBeInTheDocument();
    await page.getByTestId('bring-show').click();
    await expect.element(page.getByText('Dokument')).toBeVisible();
  });

  test('is not there for whoever photographed the slip', async () => {
    await onThePhone({ board: aPhoneBoard({ guarded: true, bring: [] }), holds: false, bring: [] });
    await expect.element(page.getByTestId('other-phone')).toBeVisible();
    await expect.element(page.getByTestId('bring-show')).not.toBeInTheDocument();
  });

  test('closes when the page is no longer looked at', async () => {
    await onThePhone({ board: aPhoneBoard({ guarded: true }) });
    await page.getByTestId('bring-show').click();
    await expect.element(page.getByText('Dokument')).toBeVisible();
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
    await expect.element(page.getByText('Dokument')).not.toBeInTheDocument();
    Reflect.deleteProperty(document, 'hidden');
  });
});

test('the area stands where to go, and where to wait', async () => {
  const area = { et: '2. korrus', en: 'First floor', ru: '2 этаж' };
  await onThePhone({ board: aPhoneBoard({ area, state: 'called', place: DESK_3, calledAt: NOW }) }, 'en');
  await expect.element(page.getByText('Where: First floor')).toBeVisible();
});

test('a number that is no more shows nothing of it, in the language it had', async () => {
  await onThePhone({ board: { surface: 'phone', state: 'gone' }, language: 'ru' });
  await expect.element(page.getByRole('heading', { name: 'Этот номер больше не действует' })).toBeVisible();
  await expect.element(page.getByTestId('ticket-number')).not.toBeInTheDocument();
});
