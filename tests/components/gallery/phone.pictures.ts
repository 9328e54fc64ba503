import { test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { PhoneBoard } from '#contract/boards.ts';
import TicketPage from '#kiosk/phone/TicketPage.svelte';
import '#look/tokens.css';
import '#look/base.css';
import { demonstrationPlan } from '../../../server/content/demonstration.ts';
import type { EpochMs } from '../../../server/domain/ids.ts';
import { aPhoneBoard, DESK_3, NOW, ScriptedTicket } from '../phone/scripted-ticket.svelte.ts';
import { docPicture } from './rest.ts';

const { agency, names, waitingPlace } = demonstrationPlan().office;

function board(changes: Partial<PhoneBoard> = {}): PhoneBoard {
  return aPhoneBoard({ agency, office: names, waitingPlace, ...changes });
}

const CALLED = board({ state: 'called', place: DESK_3, calledAt: NOW, bring: [] });

/** State, language, what is pressed before the picture is taken. */
const PICTURES: readonly (readonly [string, 'et' | 'en' | 'ru', Partial<ScriptedTicket>, string | null])[] = [
  ['waits', 'et', { board: board() }, null],
  ['waits', 'ru', { board: board({ ahead: 3 }), signal: true, messages: true }, null],
  ['first-in-line', 'en', { board: board({ ahead: 0, moreTimes: 0 }), signal: true }, null],
  ['more-time', 'et', { board: board({ ahead: 2 }) }, 'phone-more-time'],
  ['gives-up', 'en', { board: board({ ahead: 2 }) }, 'withdraw'],
  ['called', 'et', { board: CALLED, signal: true }, null],
  ['called', 'en', { board: CALLED, signal: true }, null],
  ['called', 'ru', { board: CALLED, signal: true }, null],
  ['served', 'en', { board: board({ state: 'serving', place: DESK_3, calledAt: NOW, bring: [] }) }, null],
  ['aside', 'ru', { board: board({ state: 'parked', keptUntil: (NOW + 15 * 60_000) as EpochMs }) }, null],
  ['guarded', 'et', { board: board({ guarded: true }) }, null],
  ['another-phone', 'en', { board: board(), holds: false }, null],
  ['stale', 'et', { board: CALLED, stale: true }, null],
  ['gone', 'en', { board: { surface: 'phone', state: 'gone' } }, null],
];

test.each(PICTURES)('the phone: %s, %s', async (name, language, changes, pressed) => {
  await page.viewport(390, 844);
  const ticket = Object.assign(new ScriptedTicket(), changes);
  await render(TicketPage, { ticket, language, onlanguage: () => undefined });
  if (pressed !== null) await page.getByTestId(pressed).click();
  await docPicture(`phone-${name}-${language}`);
});
