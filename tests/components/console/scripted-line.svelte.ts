import type { DeskBoard } from '#contract/boards.ts';
import type { ConsoleContent } from '#contract/content.ts';
import type { Answer, Fault, Refusal, Request, RequestName } from '#contract/events.ts';
import type { Result } from '#basics/result.ts';
import type { Line } from '#console/line.svelte.ts';
import { consoleContent } from '../../../server/boards/content.ts';
import { demonstrationPlan, demonstrationStaff } from '../../../server/content/demonstration.ts';
import { aBoard, NOW } from '../../unit/console/a-board.ts';

type Replier = (name: RequestName, request: unknown) => Result<unknown, Refusal | Fault> | Promise<never>;

/** The demonstration office as its staff see it. */
export const CONTENT: ConsoleContent = consoleContent({
  ...demonstrationPlan(),
  version: 1,
  specialists: demonstrationStaff(),
});

/** The office at the other end, as a script: boards are set by hand, every request is kept, replies are told in advance. */
export class ScriptedLine implements Line {
  board = $state.raw<DeskBoard | null>(null);
  content = $state.raw<ConsoleContent | null>(CONTENT);
  connected = $state(true);
  lastHeard = $state(NOW);
  now = $state(NOW);
  readonly asked: { readonly name: RequestName; readonly request: Readonly<Record<string, unknown>> }[] = [];
  reply: Replier = answering({});

  constructor(board: DeskBoard = aBoard()) {
    this.board = board;
  }

  async ask<Name extends RequestName>(
    name: Name,
    request: Request<Name>,
  ): Promise<Result<Answer<Name>, Refusal | Fault>> {
    this.asked.push({ name, request });
    // What a test scripts is what the contract says for that request.
    return (await this.reply(name, request)) as Result<Answer<Name>, Refusal | Fault>;
  }

  /** Nobody is there to be told. */
  readonly close = (): void => undefined;
}

/** The office answers these requests so; to all others that there is nothing: the page opens with the devices, so more is asked for. */
export function answering(answers: Partial<Record<RequestName, unknown>>): Replier {
  return (name) => ({ ok: true, value: answers[name] ?? (name === 'device:list' ? [] : null) });
}

export function noAnswer(): Promise<never> {
  return Promise.reject(new Error('no answer in time'));
}
