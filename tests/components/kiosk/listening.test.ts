import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { KeypadKey } from '#contract/keypad.ts';
import { SAID } from '#kiosk/speech/said-out.ts';
import type { SaidDetail } from '#kiosk/speech/said-out.ts';
import type { AtTheKiosk } from './at-the-kiosk.ts';
import { atTheKiosk, choose, key } from './at-the-kiosk.ts';
import { aBoard, slip } from './scripted-line.svelte.ts';

let heard: string[] = [];

function listen(event: Event): void {
  const { pieces } = (event as CustomEvent<SaidDetail>).detail;
  heard.push(pieces.map(({ text }) => text.replaceAll('\u00A0', ' ')).join(' | '));
}

beforeEach(() => {
  heard = [];
  globalThis.addEventListener(SAID, listen);
});
afterEach(() => globalThis.removeEventListener(SAID, listen));

/** One key of the keypad, and what is said at it. */
async function press({ line }: AtTheKiosk, pressed: KeypadKey): Promise<string> {
  const before = heard.length;
  line.onpress({ key: pressed });
  await expect.poll(() => heard.length, { timeout: 15_000 }).toBeGreaterThan(before);
  return heard.at(-1) ?? '';
}

async function hears(words: string | RegExp): Promise<void> {
  await expect.poll(() => heard.join('\n'), { timeout: 15_000 }).toMatch(words);
}

describe('speech begins', () => {
  test('with whatever key of the keypad, and the first press only begins', async () => {
    const at = await atTheKiosk();
    expect(await press(at, 'select')).toMatch(/^Tere tulemast! \| Kuidas saame teid aidata\?/);
    expect(at.kiosk.step.kind).toBe('start');
  });

  test('when headphones are plugged in, and ends when they are pulled out', async () => {
    const { kiosk, line } = await atTheKiosk();
    line.onpress({ jack: 'in' });
    await hears('Tere tulemast!');
    expect(kiosk.session.speech).toBe(true);
    line.onpress({ jack: 'out' });
    expect(kiosk.session.speech).toBe(false);
    expect(kiosk.headphones).toBe(false);
  });

  test('aloud, and goes on when the line comes back and tells again that nothing is plugged in', async () => {
    const at = await atTheKiosk();
    await press(at, 'down');
    at.line.onpress({ jack: 'out' });
    expect(at.kiosk.session.speech).toBe(true);
  });

  test('by its control on the screen, which says that it is on', async () => {
    await atTheKiosk();
    await key('lang-en').click();
    await key('accessibility').click();
    await key('speech').click();
    await hears('Accessibility | The changes apply to this visit only.');
    await expect.element(key('speech')).toHaveAttribute('aria-pressed', 'true');
    await expect.element(key('speech-volume')).toHaveTextContent('Volume 3 / 5');
  });

  test('not for a visitor who moves by Tab and presses Enter', async () => {
    const { kiosk } = await atTheKiosk();
    key('lang-en').element().focus();
    globalThis.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    expect(kiosk.session.speech).toBe(false);
  });
});

describe('the keys', () => {
  test('go round through all that can be operated, with name, role, state and position', async () => {
    const at = await atTheKiosk();
    await key('lang-en').click();
    await press(at, 'down');
    const first = await press(at, 'down');
    expect(first).toBe('Pension | button | 1 of 19');
    for (let more = 0; more < 18; more++) await press(at, 'down');
    expect(heard.filter((said) => said === 'English | button | chosen | 14 of 19')).toHaveLength(1);
    expect(await press(at, 'down')).toBe(first);
    expect(await press(at, 'up')).toBe('Accessibility | button | 19 of 19');
  });

  test('left goes back, right and help say the screen again, help with the instructions', async () => {
    const at = await atTheKiosk();
    await key('lang-en').click();
    await choose('pension');
    await press(at, 'help');
    await hears('Pension | Please choose what fits best');
    await press(at, 'down');
    expect(await press(at, 'right')).toMatch(/^Pension \| Please choose.*Old-age pension \| button \| 1 of/);
    expect(await press(at, 'help')).toMatch(/The help key reads these instructions.*\| Pension \| Please choose/);
    expect(await press(at, 'left')).toMatch(/^How can we help you\?/);
    expect(at.kiosk.step.kind).toBe('topics');
  });

  test('a press that comes from keyboard and office alike is one', async () => {
    const at = await atTheKiosk();
    await key('lang-en').click();
    await press(at, 'down');
    await press(at, 'down');
    globalThis.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' }));
    at.line.onpress({ key: 'down' });
    await hears('Children and family | button | 2 of 19');
    expect(await press(at, 'right')).toContain('Children and family | button | 2 of 19');
  });

  test('volume and speed turn round by one key each', async () => {
    const at = await atTheKiosk();
    await press(at, 'down');
    expect([await press(at, 'volume'), await press(at, 'volume'), await press(at, 'volume')]).toEqual([
      'Helitugevus 4 / 5',
      'Helitugevus 5 / 5',
      'Helitugevus 1 / 5',
    ]);
    expect(await press(at, 'rate')).toBe('Kiirus 3 / 5');
  });
});

describe('what is said', () => {
  test('the number twice, and what becomes of the paper when it is known', async () => {
    const at = await atTheKiosk();
    await key('lang-en').click();
    await choose('unsure');
    await press(at, 'down');
    await press(at, 'down');
    await press(at, 'select');
    await hears(
      /Your number \| K042 \| K042 \| Printing your ticket … \| The wait is \S+ minutes\. \| There are 7 people/,
    );
    at.line.board = aBoard({ slips: [slip('printed')] });
    await hears(/\nPlease take your ticket$/);
  });

  test('a chosen private need only into headphones', async () => {
    const at = await atTheKiosk();
    await key('lang-en').click();
    await choose('disability');
    await press(at, 'help');
    await hears('This is private. Plug in headphones and I will read it to you.');
    expect(await press(at, 'down')).toBe('Private choice | button | 1 of 13');
    expect(heard.join('\n')).not.toMatch(/Disability|severity/);
    at.line.onpress({ jack: 'in' });
    await hears('Disability | Please choose what fits best');
  });

  test('how to go on when the visit is about to end; any key goes on and does nothing else', async () => {
    const at = await atTheKiosk();
    await key('lang-en').click();
    await press(at, 'down');
    await press(at, 'down');
    at.kiosk.idle.secondsLeft = 90;
    await hears(
      /Do you want to continue\? \| You have 90 seconds left\. Then we start over\. \| To continue, press any key\./,
    );
    const { activeElement } = document;
    await press(at, 'down');
    expect(at.kiosk.idle.secondsLeft).toBeNull();
    expect(document.activeElement).toBe(activeElement);
  });
});

describe('time', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }));
  afterEach(() => vi.useRealTimers());

  test('is three times as long for whoever listens, and all is forgotten at its end', async () => {
    const at = await atTheKiosk();
    const { kiosk } = at;
    await key('lang-ru').click();
    await press(at, 'down');
    await press(at, 'volume');
    await press(at, 'rate');
    vi.advanceTimersByTime(89_000);
    expect(kiosk.idle.secondsLeft).toBeNull();
    vi.advanceTimersByTime(2_000);
    expect(kiosk.idle.secondsLeft).toBeGreaterThan(85);
    vi.advanceTimersByTime(90_000);
    await expect.element(key('start')).toBeVisible();
    const { speech, volume, rate, language } = kiosk.session;
    expect({ speech, volume, rate, language }).toEqual({ speech: false, volume: 2, rate: 1, language: 'et' });
    expect(kiosk.idle.factor).toBe(1);
  });
});
