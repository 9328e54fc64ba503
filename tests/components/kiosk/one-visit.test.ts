import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { LANGUAGES } from '#contract/language.ts';
import { atTheKiosk, choose, key } from './at-the-kiosk.ts';
import { ISSUED, aBoard, noAnswer, slip } from './scripted-line.svelte.ts';

describe('taking a number', () => {
  test('one press asks once, in the visitor’s language, and the number fills the screen', async () => {
    const { line } = await atTheKiosk();
    await key('lang-ru').click();
    await choose('pension', 'pension.old_age');
    await key('take-ticket').click();
    await expect.element(key('ticket-number')).toHaveTextContent('K042');
    expect(line.asked).toEqual([
      {
        name: 'ticket:issue',
        request: {
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
          needId: 'pension.old_age',
          language: 'ru',
          largePrint: false,
        },
      },
    ]);
  });

  test('without an answer the same request goes out three times; trying again is still the same request', async () => {
    const { line } = await atTheKiosk();
    line.reply = noAnswer;
    await key('lang-et').click();
    await choose('unsure');
    await key('take-ticket').click();
    await expect.element(key('cannot-issue')).toBeVisible();
    expect(line.asked).toHaveLength(3);
    line.reply = () => ({ ok: true, value: ISSUED });
    await key('retry').click();
    await expect.element(key('ticket-number')).toHaveTextContent('K042');
    const ids = line.asked.map(({ request }) => (request as { requestId: string }).requestId);
    expect(new Set(ids).size).toBe(1);
  });

  test('nothing can be pressed while the office thinks', async () => {
    const { line } = await atTheKiosk();
    const answer = Promise.withResolvers<never>();
    line.reply = () => answer.promise;
    await key('lang-en').click();
    await choose('unsure');
    await key('take-ticket').click();
    await expect.element(page.getByText('One moment …')).toBeInTheDocument();
    expect(document.querySelectorAll('main button:not([inert] *)')).toHaveLength(0);
    answer.reject(new Error('no answer in time'));
  });

  test('a stale line is not asked: the kiosk says at once that it cannot', async () => {
    const { line } = await atTheKiosk();
    await key('lang-et').click();
    await choose('unsure');
    line.stale = true;
    await key('take-ticket').click();
    await expect.element(page.getByText('Palun pöörduge infoletti. Seal antakse teile number.')).toBeVisible();
    expect(line.asked).toHaveLength(0);
  });

  test('a refusal is read at the key that asked', async () => {
    const { line } = await atTheKiosk();
    line.reply = () => ({ ok: false, error: { code: 'service-closed', opensAt: null } });
    await key('lang-en').click();
    await choose('unsure');
    await key('take-ticket').click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('This service is closed now. No number was given.');
    await expect.element(key('take-ticket')).toBeVisible();
  });

  test('a closed service says so and gives no number', async () => {
    const { line } = await atTheKiosk();
    const { services } = aBoard();
    line.board = aBoard({ services: services.map((load) => ({ ...load, open: load.serviceId !== 'pension' })) });
    await key('lang-en').click();
    await choose('pension');
    await expect.element(key('need-pension.old_age')).toMatchTextContent(/Closed today/);
    await choose('pension.old_age');
    await expect.element(page.getByText(/No numbers are given for this service now/)).toBeVisible();
    await expect.element(key('take-ticket')).not.toBeInTheDocument();
  });

  test('what others do is named, and advice stays possible', async () => {
    await atTheKiosk();
    await key('lang-et').click();
    await choose('family', 'family.maintenance_enforcement');
    await expect.element(page.getByText('Kohtutäitur', { exact: true })).toBeVisible();
    await key('answered').click();
    await expect.element(key('thanks')).toBeVisible();
  });
});

describe('the paper', () => {
  async function withTicket() {
    const at = await atTheKiosk();
    await key('lang-en').click();
    await choose('unsure');
    await key('take-ticket').click();
    await expect.element(key('slip-state')).toHaveTextContent('Printing your ticket …');
    return at;
  }

  test('comes out', async () => {
    const { line } = await withTicket();
    line.board = aBoard({ slips: [slip('printed')] });
    await expect.element(key('slip-state')).toHaveTextContent('Please take your ticket');
  });

  test('is out: the number is to be remembered, and the phone can carry it', async () => {
    const { line } = await withTicket();
    line.board = aBoard({ printer: 'paper-out', slips: [slip('not-printed', 'paper-out')] });
    await expect.element(key('slip-state')).toMatchTextContent(/The printer is out of paper. Remember your number/);
    await expect.element(page.getByRole('img', { name: /Scan the QR code/ })).toBeVisible();
  });

  test('may have come out: only the visitor can say', async () => {
    const { line } = await withTicket();
    line.board = aBoard({ slips: [slip('unknown')] });
    await key('slip-no').click();
    expect(line.asked.at(-1)).toMatchObject({
      name: 'slip:came-out',
      request: { ticketId: ISSUED.ticketId, cameOut: false },
    });
  });
});

describe('on every screen', () => {
  test('the language changes and the step stays', async () => {
    const { kiosk } = await atTheKiosk();
    await key('lang-et').click();
    for (const need of ['pension', 'pension.old_age']) {
      await choose(need);
      for (const language of LANGUAGES) {
        const { step } = kiosk;
        await key(`lang-${language}`).click();
        expect(kiosk.step).toBe(step);
        expect(document.documentElement.lang).toBe(language);
      }
    }
  });

  test('a person can be called, without a ticket, and is told to the visitor', async () => {
    const { line } = await atTheKiosk();
    await key('help').click();
    expect(line.asked).toMatchObject([{ name: 'help:call', request: { language: 'et' } }]);
    line.board = aBoard({ help: 'coming' });
    await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('Töötaja tuleb');
    await key('help-continue').click();
    await expect.element(key('help')).toHaveTextContent('Töötaja tuleb');
  });

  test('a call that did not get through says what to do instead', async () => {
    const { line } = await atTheKiosk();
    line.reply = noAnswer;
    await key('help').click();
    await expect.element(key('help-state')).toMatchTextContent(/Palun minge infoletti/);
  });
});

describe('a finger', () => {
  test('that leaves the key before it is lifted does nothing', async () => {
    const { kiosk } = await atTheKiosk();
    await key('lang-et').click();
    await expect.poll(() => kiosk.deaf, { timeout: 5_000 }).toBe(false);
    const pension = key('need-pension').element();
    const { left, top } = pension.getBoundingClientRect();
    touch(pension, 'pointerdown', left + 20, top + 20);
    touch(pension, 'pointerup', left + 20, top - 50);
    expect(kiosk.step.kind).toBe('topics');
  });

  test('that slides inside the key still means it', async () => {
    const { kiosk } = await atTheKiosk();
    await key('lang-et').click();
    await expect.poll(() => kiosk.deaf, { timeout: 5_000 }).toBe(false);
    const pension = key('need-pension').element();
    const { left, right, top } = pension.getBoundingClientRect();
    touch(pension, 'pointerdown', left + 20, top + 20);
    touch(pension, 'pointermove', right - 20, top + 60);
    touch(pension, 'pointerup', right - 20, top + 60);
    expect(kiosk.step).toMatchObject({ kind: 'sub-needs', topicId: 'pension' });
  });

  function touch(target: Element, type: string, clientX: number, clientY: number): void {
    // Capture needs a pointer the browser knows; the gesture itself is what is tested.
    vi.spyOn(target as HTMLElement, 'setPointerCapture').mockReturnValue(undefined);
    target.dispatchEvent(
      new PointerEvent(type, { bubbles: true, cancelable: true, button: 0, pointerId: 7, clientX, clientY }),
    );
  }
});

describe('time', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }));
  afterEach(() => vi.useRealTimers());

  test('warns 30 s before the end, can be extended ten times without loss, then forgets everything', async () => {
    const { kiosk } = await atTheKiosk();
    await key('lang-ru').click();
    await choose('pension');
    kiosk.session.textScale = 1.3;
    kiosk.session.theme = 'low-glare';
    for (let time = 0; time < 10; time++) {
      vi.advanceTimersByTime(29_000);
      expect(kiosk.idle.secondsLeft).toBeNull();
      vi.advanceTimersByTime(9_000);
      await expect.element(key('countdown')).toMatchTextContent(/22/);
      await key('more-time').click();
      await expect.element(key('countdown')).not.toBeInTheDocument();
    }
    expect(kiosk.step).toMatchObject({ kind: 'sub-needs', topicId: 'pension' });
    vi.advanceTimersByTime(60_500);
    await expect.element(key('start')).toBeVisible();
    const { language, textScale, theme, lowReach } = kiosk.session;
    expect({ language, textScale, theme, lowReach }).toEqual({
      language: 'et',
      textScale: 1,
      theme: 'light',
      lowReach: false,
    });
  });

  test('settings made on the start screen are forgotten too', async () => {
    const { kiosk } = await atTheKiosk();
    await key('low-reach').click();
    vi.advanceTimersByTime(61_000);
    expect(kiosk.session.isAsFound).toBe(true);
  });
});

describe('when the office is not there', () => {
  test('a closed office says when it opens, in the visitor’s language, and gives no numbers', async () => {
    const { line } = await atTheKiosk();
    line.board = aBoard({ opening: { open: false, changesAt: (line.now + 3_600_000) as never } });
    await expect.element(key('closed')).toHaveTextContent('Oleme praegu suletud');
    await expect.element(page.getByText('Avame täna kell 13:00')).toBeVisible();
    await key('lang-en').click();
    await expect.element(page.getByText('We open today at 13:00')).toBeVisible();
    await expect.element(key('take-ticket')).not.toBeInTheDocument();
  });

  test('a dead line says in three languages what to do, and comes back by itself', async () => {
    const { line } = await atTheKiosk();
    line.stale = true;
    await expect.element(page.getByText(/Please go to the information desk/)).toBeVisible();
    expect(page.getByTestId('out-of-service').elements()).toHaveLength(3);
    line.stale = false;
    await expect.element(key('start')).toBeVisible();
  });
});
