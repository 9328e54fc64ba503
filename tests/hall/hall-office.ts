import { randomUUID } from 'node:crypto';
import { LANGUAGES, type Language } from '../../server/contract/language.ts';
import type { Result } from '../../server/basics/result.ts';
import type { Fault, Refusal } from '../../server/contract/events.ts';
import { connect, type OfficeSocket } from '../support/clients.ts';
import { OfficeProcess } from '../support/server.ts';
import { prepareOffice } from '../support/staffed-office.ts';

const UNLIMITED = { perMinute: 100_000_000, burst: 10_000_000 };

type Answered = Result<unknown, Refusal | Fault>;

/** One call as the office made it. */
export interface Made {
  readonly number: string;
  readonly desk: string;
  readonly language: Language;
}

export interface Issued {
  readonly ticketId: string;
  readonly number: string;
  readonly phoneToken: string;
}

/** An office whose desks call one visitor after the other, for displays and phones to follow. */
export class HallOffice {
  readonly process: OfficeProcess;
  /** The display's cookie. */
  readonly display: string;
  readonly made: Made[] = [];
  readonly #kiosk: OfficeSocket;
  readonly #desks: readonly OfficeSocket[];
  readonly #called: (string | null)[];
  #next = 0;

  private constructor(process: OfficeProcess, display: string, kiosk: OfficeSocket, desks: readonly OfficeSocket[]) {
    this.process = process;
    this.display = display;
    this.#kiosk = kiosk;
    this.#desks = desks;
    this.#called = desks.map(() => null);
  }

  static async open(count = 5): Promise<HallOffice> {
    const { office, prepared } = await OfficeProcess.startPrepared(
      { LOG_LEVEL: 'error', PRINTER: 'none:' },
      (dataDir) => prepareOffice(dataDir, { desks: count, kiosks: 1, displays: 1, limits: UNLIMITED }),
    );
    const { socket: kiosk } = await connect(office.url, 'kiosk', prepared.kiosks[0] ?? '');
    const desks = await Promise.all(
      prepared.staff.map(async (cookie, i) => {
        const { socket } = await connect(office.url, 'console', cookie);
        const deskId = prepared.deskIds[i] ?? '';
        await socket.emitWithAck('desk:take', { requestId: randomUUID(), deskId, takeOver: true });
        return socket;
      }),
    );
    return new HallOffice(office, prepared.displays[0] ?? '', kiosk, desks);
  }

  async issue(language: Language): Promise<Issued> {
    const asked = { requestId: randomUUID(), needId: 'papers.submit', language } as const;
    const answer = await this.#kiosk.emitWithAck('ticket:issue', asked);
    if (!answer.ok) throw new Error(answer.error.code);
    return answer.value;
  }

  /** A visitor comes and is called to the next desk, whose visitor before goes home. */
  async call(): Promise<Made> {
    const language = LANGUAGES[this.#next % LANGUAGES.length] ?? 'et';
    await this.issue(language);
    const i = this.#next % this.#desks.length;
    this.#next += 1;
    await this.finish(i);
    const answer = await this.#desks[i]?.emitWithAck('desk:call-next', { requestId: randomUUID() });
    if (!answer?.ok) throw new Error(answer?.error.code ?? 'no desk');
    this.#called[i] = answer.value.ticketId;
    const made = { number: answer.value.number, desk: String(i + 1), language };
    this.made.push(made);
    return made;
  }

  /** This visitor, waiting or aside, is called to a desk. */
  async callTicket(i: number, { ticketId }: Issued): Promise<void> {
    await this.#asSeen((version) =>
      this.#desk(i).emitWithAck('desk:call-ticket', { requestId: randomUUID(), ticketId, version, reason: 'other' }),
    );
  }

  /** The visitor called to a desk is kept aside: nobody awaits them there any more. */
  async park(i: number, { ticketId }: Issued): Promise<void> {
    const asked = { ticketId, reason: 'form', minutes: null } as const;
    await this.#asSeen((version) =>
      this.#desk(i).emitWithAck('ticket:park', { requestId: randomUUID(), version, ...asked }),
    );
  }

  #desk(i: number): OfficeSocket {
    const socket = this.#desks[i];
    if (!socket) throw new Error(`no desk ${i}`);
    return socket;
  }

  /** Whoever saw an old version of a ticket is told the newest, and asks again. */
  async #asSeen(ask: (version: number) => Promise<Answered>): Promise<void> {
    let answer = await ask(1);
    while (!answer.ok && answer.error.code === 'changed-meanwhile') answer = await ask(answer.error.version);
    if (!answer.ok) throw new Error(answer.error.code);
  }

  /** The visitor at a desk goes home. */
  async finish(i: number): Promise<void> {
    const ticketId = this.#called[i];
    if (ticketId === null || ticketId === undefined) return;
    await this.#desks[i]?.emitWithAck('ticket:finish', { requestId: randomUUID(), ticketId, version: 2 });
    this.#called[i] = null;
  }

  async finishAll(): Promise<void> {
    for (const i of this.#desks.keys()) await this.finish(i);
  }

  /** Time passes for the office. */
  async advance(advanceMs: number): Promise<void> {
    const { url } = this.process;
    const response = await fetch(`${url}/dock/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ advanceMs }),
    });
    if (!response.ok) throw new Error(`the clock stands still: ${response.status}`);
  }

  async close(): Promise<void> {
    for (const socket of [this.#kiosk, ...this.#desks]) socket.disconnect();
    await this.process.stop();
  }
}
