import { createContext } from 'svelte';
import type { CurrentTicket, DeskBoard, DeskRow, ParkedRow, WaitingRow } from '#contract/boards.ts';
import type { ConsoleContent } from '#contract/content.ts';
import type { Answer } from '#contract/events.ts';
import { assert } from '#basics/assert.ts';
import { askDoor } from './door/door-answer.ts';
import type { Asking, Office } from './office.svelte.ts';
import type { Resolution } from './reasons.ts';
import { verbsOf, type Off, type Verb } from './verbs.ts';

export type Page = 'desk' | 'triage' | 'overview' | 'office';
export type Subject = WaitingRow | ParkedRow | CurrentTicket;
export type Findings = Omit<Asking<'ticket:issue-for'>, 'print'>;

/** The question that stands over the screen. */
export type Open =
  | { readonly kind: 'ticket' | 'transfer' | 'note' | 'park' | 'pick' | 'merge'; readonly ticketId: string }
  | { readonly kind: 'pause' | 'menu' | 'desks' | 'account' }
  | { readonly kind: 'leave'; readonly serving: string };

/** What the reception did last: a number given, or a visitor helped without one. */
export type Done =
  { readonly kind: 'issued'; readonly issued: Answer<'ticket:issue-for'> } | { readonly kind: 'recorded' };

/** What is on the screen of the one signed in, and what a press does. It owns no truth: the newest board does. */
export class Work {
  readonly office: Office;
  page = $state<Page>('desk');
  /** Which section of the office page is open. */
  section = $state('devices');
  open = $state.raw<Open | null>(null);
  /** How the service of one ticket ended, chosen before finishing. */
  #resolved = $state.raw<{ readonly ticketId: string; readonly resolution: Resolution } | null>(null);
  /** The ticket whose need is being changed at the reception. */
  editing = $state<string | null>(null);
  done = $state.raw<Done | null>(null);

  /** A desk that a colleague may take over, having signed in over the lock of whoever sits there. */
  readonly offeredDesk: string | null;

  constructor(office: Office, offeredDesk: string | null) {
    this.office = office;
    this.offeredDesk = offeredDesk;
  }

  /** Whoever shows it waits for the first board; afterwards there always is one. */
  get board(): DeskBoard {
    const { board } = this.office.line;
    assert(board !== null, 'the workplace is shown with its first board');
    return board;
  }

  get content(): ConsoleContent {
    const { content } = this.office.line;
    assert(content !== null, 'the workplace is shown with its first content');
    return content;
  }

  get now(): number {
    return this.office.line.now;
  }

  /** How the service of the visitor here ended, as far as chosen. */
  get resolution(): Resolution | null {
    const { current } = this.board;
    return current && this.#resolved?.ticketId === current.ticketId ? this.#resolved.resolution : null;
  }

  resolve(resolution: Resolution | null): void {
    const { current } = this.board;
    this.#resolved = current && resolution && { ticketId: current.ticketId, resolution };
  }

  /** Which verbs are on now, and why the others are not. */
  get verbs(): Readonly<Record<Verb, Off>> {
    return verbsOf(this.board, this.now, this.resolution);
  }

  get inert(): boolean {
    return this.office.inert;
  }

  /** A ticket as the newest board has it; nothing once it is closed or at another desk. */
  subject(ticketId: string): Subject | undefined {
    const { waiting, parked, current } = this.board;
    return [...(current ? [current] : []), ...waiting, ...parked].find((one) => one.ticketId === ticketId);
  }

  /** Goes to a page; what was begun elsewhere is left. */
  show(page: Page): void {
    this.page = page;
    this.open = null;
    this.editing = null;
    this.done = null;
    this.office.trouble = null;
  }

  ask(open: Open | null): void {
    this.open = open;
    this.office.trouble = null;
  }

  edit(ticketId: string): void {
    this.show('triage');
    this.editing = ticketId;
  }

  /** A verb at one's own desk, pressed or typed. Off, it does nothing. */
  press(verb: Verb): void {
    const { board } = this;
    if (this.inert || this.verbs[verb] !== null) return;
    if (verb === 'callNext') void this.office.act('desk:call-next', {});
    else if (verb === 'resume') void this.office.act('desk:resume', {});
    else if (verb === 'pause') this.ask({ kind: 'pause' });
    else if (board.current) this.#pressFor(verb, board.current);
  }

  undo(): void {
    if (this.undoable) void this.office.act('desk:undo', {});
  }

  /** The last act, while it can be taken back. */
  get undoable(): DeskBoard['undo'] {
    const { undo } = this.board;
    return undo && undo.until > this.now ? undo : null;
  }

  /** An act about a ticket, made with the version the newest board shows. Done, the question closes. */
  async about<Name extends TicketAct>(
    name: Name,
    ticketId: string,
    more: Omit<Asking<Name>, 'ticketId' | 'version'>,
  ): Promise<boolean> {
    const subject = this.subject(ticketId);
    if (!subject) return false;
    const seen = { ticketId: subject.ticketId, version: subject.version };
    // Both halves of the request are checked above; TypeScript cannot join them for a generic name.
    const done = await this.office.act(name, { ...more, ...seen } as unknown as Asking<Name>);
    if (done) this.open = null;
    return done !== null;
  }

  /** An act from an open question that is not about a ticket. */
  async closing<Name extends 'desk:pause' | 'desk:resume' | 'desk:leave'>(
    name: Name,
    asking: Asking<Name>,
  ): Promise<void> {
    if (await this.office.act(name, asking)) this.open = null;
  }

  /**
   * Signs out, which frees the desk. With a visitor there it asks first.
   *
   * @returns whether the session is over
   */
  async signOut(visitor: 'ask' | 'waits-again'): Promise<boolean> {
    const { status, body } = await askDoor<{ readonly to?: string }>('/api/sign-out', { visitor });
    if (body.to !== undefined) window.location.assign(body.to);
    if (status !== 409) return true;
    this.ask({ kind: 'leave', serving: body.serving ?? '' });
    return false;
  }

  async takeDesk(deskId: DeskRow['deskId'], takeOver: boolean): Promise<void> {
    if (await this.office.act('desk:take', { deskId, takeOver })) this.open = null;
  }

  async issue(findings: Findings, print: boolean): Promise<boolean> {
    const issued = await this.office.act('ticket:issue-for', { ...findings, print });
    this.done = issued && { kind: 'issued', issued: issued.answer };
    return issued !== null;
  }

  async answered(asking: Asking<'visit:answered'>): Promise<boolean> {
    const done = await this.office.act('visit:answered', asking);
    this.done = done && { kind: 'recorded' };
    return done !== null;
  }

  async save(ticketId: string, findings: Findings): Promise<void> {
    if (await this.about('ticket:triage', ticketId, findings)) this.show('desk');
  }

  #pressFor(verb: Exclude<Verb, 'callNext' | 'pause' | 'resume'>, { ticketId }: CurrentTicket): void {
    switch (verb) {
      case 'recall':
      case 'begin':
      case 'withdraw':
        return void this.about(`ticket:${verb}`, ticketId, {});
      case 'finish':
        return void this.about('ticket:finish', ticketId, { resolution: this.resolution });
      case 'noShow':
        return void this.about('ticket:no-show', ticketId, {});
      case 'triage':
        return this.edit(ticketId);
      case 'park':
      case 'transfer':
      case 'note':
        return this.ask({ kind: verb, ticketId });
    }
  }
}

type TicketAct =
  | 'desk:call-ticket'
  | 'ticket:recall'
  | 'ticket:begin'
  | 'ticket:finish'
  | 'ticket:no-show'
  | 'ticket:park'
  | 'ticket:return'
  | 'ticket:transfer'
  | 'ticket:withdraw'
  | 'ticket:triage'
  | 'ticket:merge';

export const [useWork, provideWork] = createContext<Work>();
