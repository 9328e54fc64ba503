import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import type { Board, DeskBoard, DisplayBoard } from '../../server/contract/boards.ts';
import type { Answer, Hello, Request, RequestName } from '../../server/contract/events.ts';
import type { OfficeSocket } from '../support/clients.ts';
import { deskBoardOf } from '../support/staffed-office.ts';
import { until } from '../support/waiting.ts';
import type { Witness } from './invariants/seen.ts';

/** Where a client finds the office: at its own address, or through something that disturbs the way. */
export interface Way {
  readonly officeUrl: string;
  /** `null`: straight. */
  readonly port: number | null;
}

const ANSWER_WITHIN_MS = 4_000;
const GIVES_UP_AFTER_MS = 90_000;
const AGAIN_AFTER_MS = 30;
/** The office cannot now, and may soon: the same request is sent again. */
const FOR_NOW = ['outage', 'not-issuing', 'too-many-requests'];

/** A device or a console that comes back by itself after every break, as ours do, only faster. */
export class WitnessedClient {
  readonly socket: OfficeSocket;
  readonly #witness: Witness;
  board: Board | null = null;
  /** Boards that came, and those that were older than one before on the same connection to the same process. */
  boards = 0;
  backwards = 0;
  #fresh = true;
  #isClosed = false;

  constructor(way: Way, surface: Hello['surface'], cookie: string, witness: Witness) {
    this.#witness = witness;
    const { host, origin } = new URL(way.officeUrl);
    this.socket = io(way.port === null ? way.officeUrl : `http://localhost:${way.port}`, {
      transports: ['websocket'],
      auth: { surface } satisfies Hello,
      ackTimeout: ANSWER_WITHIN_MS,
      forceNew: true,
      reconnectionDelay: AGAIN_AFTER_MS,
      reconnectionDelayMax: 300,
      extraHeaders: { cookie, origin, host },
    });
    this.socket.on('connect', () => (this.#fresh = true));
    // a server that is not up yet, or says no: socket.io does not come again by itself after the latter
    this.socket.on('connect_error', () => {
      if (!this.socket.active) setTimeout(() => this.socket.connect(), AGAIN_AFTER_MS);
    });
    this.socket.on('board', (board) => this.#take(board));
  }

  /** Resolves with a board that came after this call. */
  async nextBoard(): Promise<Board> {
    const before = this.boards;
    await until('a board comes', () => this.boards > before && this.board !== null, GIVES_UP_AFTER_MS);
    if (!this.board) throw new Error('no board');
    return this.board;
  }

  async connected(): Promise<void> {
    await until('the client is connected', () => this.socket.connected && this.board !== null, GIVES_UP_AFTER_MS);
  }

  /** Asks once. @returns `null` when no answer came, or the office had an outage: the same request may be sent again */
  async ask<Name extends RequestName>(name: Name, request: Request<Name>): Promise<AnswerOf<Name> | null> {
    // The event table types request and answer together; socket.io's generics lose that link for a generic name.
    const emit = this.socket.emitWithAck.bind(this.socket) as unknown as (
      name: Name,
      request: Request<Name>,
    ) => Promise<AnswerOf<Name>>;
    const answer = await emit(name, request).catch(() => null);
    return answer !== null && !answer.ok && FOR_NOW.includes(answer.error.code) ? null : answer;
  }

  /** Sends the same request until it is answered. */
  async insist<Name extends RequestName>(name: Name, request: Request<Name>): Promise<AnswerOf<Name>> {
    const deadline = performance.now() + GIVES_UP_AFTER_MS;
    while (performance.now() < deadline) {
      if (this.#isClosed) return new Promise(() => undefined); // the trial is over, and nobody waits any more
      const answer = await this.ask(name, request);
      if (answer !== null) return answer;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
    }
    if (this.#isClosed) return new Promise(() => undefined);
    throw new Error(`${name} was never answered`);
  }

  close(): void {
    this.#isClosed = true;
    this.socket.disconnect();
  }

  protected get witness(): Witness {
    return this.#witness;
  }

  #take(board: Board): void {
    this.boards += 1;
    const isOlder = this.board?.bootId === board.bootId && board.revision < this.board.revision;
    if (isOlder && !this.#fresh) this.backwards += 1;
    this.#fresh = false;
    this.board = board;
    this.#witness.read(board);
    if (board.surface === 'display') this.#watch(board);
  }

  #watch({ calls }: DisplayBoard): void {
    for (const { order, number, place } of calls) {
      this.#witness.saw({ kind: 'display', order, number, desk: place.deskId });
    }
  }
}

type AnswerOf<Name extends RequestName> =
  | { readonly ok: true; readonly value: Answer<Name> }
  | { readonly ok: false; readonly error: { readonly code: string } };

const PRESSES_AGAIN_AFTER_MS = 300;

const LANGUAGES = ['et', 'et', 'ru', 'en'] as const;

export class WitnessedKiosk extends WitnessedClient {
  #taps = 0;
  #newest: string | null = null;

  constructor(way: Way, cookie: string, witness: Witness) {
    super(way, 'kiosk', cookie, witness);
  }

  /** A visitor presses once; the kiosk sends the same press until the number is there. @returns the number */
  async take(needId = 'papers.submit', requestId: string = randomUUID()): Promise<string> {
    const language = LANGUAGES[this.#taps++ % LANGUAGES.length] ?? 'et';
    const tap = { requestId, needId, language } as Request<'ticket:issue'>;
    let answer = await this.insist('ticket:issue', tap);
    // the disk takes no more: the screen offers to try again, with the same press
    while (!answer.ok && answer.error.code === 'not-issuing') {
      await new Promise((resolve) => setTimeout(resolve, PRESSES_AGAIN_AFTER_MS));
      answer = await this.insist('ticket:issue', tap);
    }
    if (!answer.ok) throw new Error(`no number was given: ${answer.error.code}`);
    const { ticketId: ticket, number } = answer.value;
    this.#newest = ticket;
    this.witness.saw({ kind: 'number', requestId, ticket, number });
    return number;
  }

  /** The slips as the board tells them, for a message. */
  get slipsShown(): string {
    return this.board?.surface === 'kiosk' ? JSON.stringify([this.#newest, this.board.slips]) : 'no board';
  }

  /** Whether the board tells what became of the newest slip: an attempt was made for every number, and none is open. */
  get isPaperSettled(): boolean {
    if (this.board?.surface !== 'kiosk') return false;
    const { slips } = this.board;
    const hasSlip = this.#newest === null || slips.some(({ ticketId }) => ticketId === this.#newest);
    return hasSlip && slips.every(({ state }) => state !== 'printing');
  }

  /** Presses and sends once. @returns the number, or `null` when no answer came */
  async takeOnce(requestId: string): Promise<string | null> {
    const tap = { requestId, needId: 'papers.submit', language: 'et' } as Request<'ticket:issue'>;
    const answer = await this.ask('ticket:issue', tap);
    if (!answer?.ok) return null;
    const { ticketId: ticket, number } = answer.value;
    this.#newest = ticket;
    this.witness.saw({ kind: 'number', requestId, ticket, number });
    return number;
  }
}

export class WitnessedDesk extends WitnessedClient {
  readonly deskId: string;

  constructor(way: Way, cookie: string, deskId: string, witness: Witness) {
    super(way, 'console', cookie, witness);
    this.deskId = deskId;
  }

  get view(): DeskBoard {
    if (!this.board) throw new Error('the desk has no board yet');
    return deskBoardOf(this.board);
  }

  async sit(): Promise<void> {
    const request = { requestId: randomUUID(), deskId: this.deskId, takeOver: true } as Request<'desk:take'>;
    const answer = await this.insist('desk:take', request);
    if (!answer.ok) throw new Error(`the desk was not taken: ${answer.error.code}`);
  }

  /** Calls the next visitor, with the same request until it is answered. @returns the ticket, `null`: nobody to call */
  async callNext(requestId: string = randomUUID()): Promise<string | null> {
    const answer = await this.insist('desk:call-next', { requestId } as Request<'desk:call-next'>);
    if (!answer.ok) return null;
    const { ticketId: ticket, deskId: desk } = answer.value;
    this.witness.saw({ kind: 'call', requestId, ticket, desk });
    return ticket;
  }

  /** Resolves once the board has this ticket at the desk. */
  async nextBoardShows(ticket: string | null): Promise<void> {
    await until(
      'the board shows who was called',
      () => (this.view.current?.ticketId ?? null) === ticket,
      GIVES_UP_AFTER_MS,
    );
  }

  /** Ends the service of whoever is at this desk, as the newest board shows them. */
  async finishCurrent(): Promise<boolean> {
    const { current } = this.view;
    if (!current) return false;
    const { ticketId, version } = current;
    const request = { requestId: randomUUID(), ticketId, version } as Request<'ticket:finish'>;
    return (await this.insist('ticket:finish', request)).ok;
  }
}
