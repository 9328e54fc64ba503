import type { KioskBoard, SlipState } from '#contract/boards.ts';
import type { KioskContent } from '#contract/content.ts';
import type { Answer, Fault, Refusal, Request } from '#contract/events.ts';
import type { Result } from '#basics/result.ts';
import type { KioskRequest, Line } from '#kiosk/line.svelte.ts';
import { kioskContent } from '../../../server/boards/content.ts';
import { demonstrationPlan } from '../../../server/content/demonstration.ts';

type Replier = (name: KioskRequest, request: unknown) => Result<unknown, Refusal | Fault> | Promise<never>;

const NOON = Date.UTC(2026, 10, 24, 10) as KioskBoard['at'];
const PLAN = { ...demonstrationPlan(), version: 1, specialists: [] };

/** The office at the other end, as a script: boards are set by hand, every request is kept, replies are told in advance. */
export class ScriptedLine implements Line {
  board = $state.raw<KioskBoard | null>(aBoard());
  content = $state.raw<KioskContent | null>(kioskContent(PLAN));
  stale = $state(false);
  now: number = NOON;
  onpress: Line['onpress'] = () => undefined;
  readonly asked: { readonly name: KioskRequest; readonly request: unknown }[] = [];
  reply: Replier = () => ({ ok: true, value: ISSUED });

  async ask<Name extends KioskRequest>(
    name: Name,
    request: Request<Name>,
  ): Promise<Result<Answer<Name>, Refusal | Fault>> {
    this.asked.push({ name, request });
    // What a test scripts is what the contract says for that request.
    return (await this.reply(name, request)) as Result<Answer<Name>, Refusal | Fault>;
  }
}

export const ISSUED = {
  ticketId: 'c0ffee00-0000-4000-8000-000000000042' as Answer<'ticket:issue'>['ticketId'],
  number: 'K042' as Answer<'ticket:issue'>['number'],
  ahead: 7,
  phoneToken: 'a-token',
  phoneUrl: 'https://office.example/t/a-token',
  slip: 'printing',
} as const satisfies Answer<'ticket:issue'>;

export function aBoard(changes: Partial<KioskBoard> = {}): KioskBoard {
  return {
    surface: 'kiosk',
    issuing: true,
    bootId: 'boot',
    revision: 1,
    at: NOON,
    planVersion: 1,
    demonstration: true,
    opening: { open: true, changesAt: null },
    services: PLAN.services.map(({ id }) => ({
      serviceId: id,
      open: true,
      opensAt: null,
      ahead: 7,
      wait: { fromMinutes: 15, toMinutes: 25, about: false },
    })),
    printer: 'ok',
    slips: [],
    help: 'none',
    ...changes,
  };
}

/** What the board says of the slip of `ISSUED`. */
export function slip(state: SlipState, reason = ''): KioskBoard['slips'][number] {
  return { ticketId: ISSUED.ticketId, state, reason };
}

export function noAnswer(): Promise<never> {
  return Promise.reject(new Error('no answer in time'));
}
