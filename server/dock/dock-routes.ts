import { z } from 'zod';
import { createDock, type Dock } from '../../hardware/dock/dock.ts';
import type { VirtualPrinter } from '../../hardware/printer/virtual-printer.ts';
import { KEYPAD_KEYS } from '../../hardware/keypad/keypad-press.ts';
import type { VirtualKeypad } from '../../hardware/keypad/virtual-keypad.ts';
import { isFromThisMachine } from '../http/doorway.ts';
import { BadBody, jsonBody, send, type Exchange, type Route } from '../http/router.ts';
import type { OfficeClock } from '../office-clock.ts';
import { dockPage, dockPolicy } from './dock-page.ts';

/** Any knobs by name; which there are and where they stand is the dock's own knowledge. */
const KNOBS = z.record(z.string().max(40), z.union([z.boolean(), z.number(), z.string().max(40), z.null()]));
const ADVANCE = z.strictObject({
  advanceMs: z
    .int()
    .min(-400 * 86_400_000)
    .max(400 * 86_400_000),
});

const KEYPAD_ACT = z.union([
  z.strictObject({ key: z.enum(KEYPAD_KEYS) }),
  z.strictObject({ jack: z.enum(['in', 'out']) }),
  z.strictObject({ plugged: z.boolean() }),
  z.strictObject({ denied: z.boolean() }),
]);

interface Parts {
  /** `null`: a real printer is attached; there is nothing to turn. */
  readonly virtual: VirtualPrinter | null;
  /** `null`: a real keypad, or none. */
  readonly keypad: VirtualKeypad | null;
  readonly clock: OfficeClock;
  readonly onClock: () => void;
}

/** The dock: knobs of the virtual devices, by hand and for tests. Only the demonstration office has it, only on its own machine. */
export function dockRoutes({ virtual, keypad, clock, onClock }: Parts): readonly Route[] {
  const dock = virtual && createDock(virtual);
  return [
    guarded('GET', /^\/dock\/?$/, ({ response }) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.setHeader('content-security-policy', dockPolicy());
      response.end(dockPage());
    }),
    guarded('GET', /^\/dock\/state$/, ({ response }) => send(response, 200, state())),
    guarded('POST', /^\/dock\/knob$/, async ({ request, response }) => {
      const knobs = KNOBS.safeParse(await jsonBody(request));
      if (!knobs.success || !turn(dock, knobs.data)) throw new BadBody('no such knob');
      send(response, 200, state());
    }),
    guarded('POST', /^\/dock\/reset$/, ({ response }) => {
      dock?.reset();
      keypad?.set({ plugged: true, denied: false });
      send(response, 200, state());
    }),
    guarded('POST', /^\/dock\/keypad$/, async ({ request, response }) => {
      const act = KEYPAD_ACT.safeParse(await jsonBody(request));
      if (!act.success || !keypad) throw new BadBody('no such key');
      touch(keypad, act.data);
      send(response, 200, state());
    }),
    guarded('POST', /^\/dock\/clock$/, async ({ request, response }) => {
      const advance = ADVANCE.safeParse(await jsonBody(request));
      if (!advance.success) throw new BadBody('no such time');
      clock.advance(advance.data.advanceMs);
      onClock();
      send(response, 200, state());
    }),
    guarded('GET', /^\/dock\/slips\/(?<id>\d+)\.png$/, ({ response, parts }) => {
      const slip = dock?.slips().find(({ id }) => id === Number(parts.id));
      if (!slip) {
        send(response, 404, { code: 'unknown' });
        return;
      }
      response.setHeader('content-type', 'image/png');
      response.end(slip.png);
    }),
  ];

  function state(): object {
    const slips = virtual?.slips.map(({ id, at, text, codes, bytes }) => ({
      id,
      at,
      text,
      codes,
      bytes: bytes.length,
    }));
    const pad = keypad && { ...keypad.knobs, jack: keypad.jack, lit: keypad.lit };
    const printer = { virtual: virtual !== null, knobs: dock?.knobs() ?? [], slips: slips ?? [] };
    return { ...printer, keypad: pad, clockAheadMs: clock.aheadMs };
  }
}

function touch(keypad: VirtualKeypad, act: z.output<typeof KEYPAD_ACT>): void {
  if ('key' in act) keypad.press(act.key);
  else if ('jack' in act) keypad.plugHeadphones(act.jack);
  else keypad.set(act);
}

/** All of them or, if one does not exist or cannot stand so, none. */
function turn(dock: Dock | null, knobs: Readonly<Record<string, unknown>>): boolean {
  if (!dock) return false;
  const before = dock.knobs();
  const wrong = Object.entries(knobs).find(([name, value]) => !dock.set(name, value).ok);
  if (wrong) for (const { name, value } of before) dock.set(name, value);
  return wrong === undefined;
}

function guarded(method: Route['method'], path: RegExp, handle: (exchange: Exchange) => Promise<void> | void): Route {
  return {
    method,
    path,
    handle: (exchange) => {
      if (isFromThisMachine(exchange.request)) return handle(exchange);
      send(exchange.response, 403, { code: 'not-here' });
    },
  };
}
