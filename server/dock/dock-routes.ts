import { z } from 'zod';
import { pngOf } from '../../hardware/printer/png.ts';
import { KNOBS, type VirtualPrinter } from '../../hardware/printer/virtual-printer.ts';
import { isFromThisMachine } from '../http/doorway.ts';
import { BadBody, jsonBody, send, type Exchange, type Route } from '../http/router.ts';
import type { OfficeClock } from '../office-clock.ts';
import { dockPage } from './dock-page.ts';

const count = z.int().min(0).max(10_000_000).nullable();
const KNOB = z.strictObject({
  paper: z.enum(['enough', 'low', 'out']).optional(),
  coverOpen: z.boolean().optional(),
  cutterError: z.boolean().optional(),
  headHot: z.boolean().optional(),
  fault: z.boolean().optional(),
  unplugged: z.boolean().optional(),
  silent: z.boolean().optional(),
  loseAnswer: z.boolean().optional(),
  slowMs: z.int().min(0).max(60_000).optional(),
  outAfterDots: count.optional(),
  cutAfterBytes: count.optional(),
});
const ADVANCE = z.strictObject({
  advanceMs: z
    .int()
    .min(-400 * 86_400_000)
    .max(400 * 86_400_000),
});

interface Parts {
  /** `null`: a real printer is attached; there is nothing to turn. */
  readonly virtual: VirtualPrinter | null;
  readonly clock: OfficeClock;
  readonly onClock: () => void;
}

/** The dock: knobs of the virtual devices, by hand and for tests. Only the demonstration office has it, only on its own machine. */
export function dockRoutes({ virtual, clock, onClock }: Parts): readonly Route[] {
  return [
    guarded('GET', /^\/dock\/?$/, ({ response }) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(dockPage());
    }),
    guarded('GET', /^\/dock\/state$/, ({ response }) => send(response, 200, state())),
    guarded('POST', /^\/dock\/knob$/, async ({ request, response }) => {
      const knobs = KNOB.safeParse(await jsonBody(request));
      if (!knobs.success) throw new BadBody('no such knob');
      virtual?.set(Object.fromEntries(Object.entries(knobs.data).filter(([, value]) => value !== undefined)));
      send(response, 200, state());
    }),
    guarded('POST', /^\/dock\/reset$/, ({ response }) => {
      virtual?.set(KNOBS);
      send(response, 200, state());
    }),
    guarded('POST', /^\/dock\/clock$/, async ({ request, response }) => {
      const advance = ADVANCE.safeParse(await jsonBody(request));
      if (!advance.success) throw new BadBody('no such time');
      clock.advance(advance.data.advanceMs);
      onClock();
      send(response, 200, state());
    }),
    guarded('GET', /^\/dock\/slips\/(?<index>\d+)\.png$/, ({ response, parts }) => {
      const slip = virtual?.slips[Number(parts.index)];
      if (!slip) {
        send(response, 404, { code: 'unknown' });
        return;
      }
      response.setHeader('content-type', 'image/png');
      response.end(pngOf(slip.picture));
    }),
  ];

  function state(): object {
    const slips = virtual?.slips.map(({ at, text, bytes }, index) => ({ index, at, text, bytes: bytes.length })) ?? [];
    return { virtual: virtual !== null, knobs: virtual?.knobs ?? null, clockAheadMs: clock.aheadMs, slips };
  }
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
