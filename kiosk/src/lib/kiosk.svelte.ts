import type { Language } from '#contract/language.ts';
import { askForNumber } from './ask-for-number.ts';
import { chime } from './chime.ts';
import { IdleClock, SPEECH_FACTOR } from './idle-clock.svelte.ts';
import type { Speaker } from './keypad.svelte.ts';
import type { KioskRequest, Line } from './line.svelte.ts';
import type { Request } from '#contract/events.ts';
import { Session } from './session.svelte.ts';
import { NOBODY, back, begin, canGoBack, choose, finish, nextPage, press, settle, shown } from './visit.ts';
import type { Need, Step, Tap, Visit } from './visit.ts';
import { requestId } from './random-uuid.ts';

/** After an issue the kiosk hears nothing for this long: a second tap is not a second wish (milliseconds). */
const DEAF_AFTER_ISSUE_MS = 1_000;
/** Somebody who taps twice on a topic has not chosen what stands below it on the next screen (milliseconds). */
const DEAF_AFTER_STEP_MS = 350;
const THANKS_MS = 5_000;

/** Laid over the visit; *Back* and *Continue* take it away again. */
export type Panel = 'none' | 'access' | 'help';

/** One kiosk: the visitor in front of it, the line to the office, and the clock that ends a forgotten visit. */
export class Kiosk {
  readonly line: Line;
  readonly session: Session;
  readonly idle = new IdleClock({ warning: chime, end: () => this.forget() });
  visit = $state.raw<Visit>(NOBODY);
  panel = $state<Panel>('none');
  panelPage = $state(0);
  /** The call for a person: asked and not answered yet, or not heard. */
  helpCall = $state<'idle' | 'calling' | 'failed'>('idle');
  /** Headphones are plugged in, as far as is known: what concerns only the visitor may be said. */
  headphones = $state(false);
  /** The voice, while there is one. */
  speaker = $state.raw<Speaker | null>(null);
  /** Choices are not to be touched now. */
  deaf = $state(false);
  readonly #newId: () => string;
  #deafTimer: ReturnType<typeof setTimeout> | undefined;
  #thanksTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(line: Line, home: Language, newId: () => string = requestId) {
    this.line = line;
    this.session = new Session(home);
    this.#newId = newId;
  }

  get step(): Step {
    return shown(this.visit);
  }

  get canGoBack(): boolean {
    return this.panel !== 'none' || canGoBack(this.visit);
  }

  /** Any sign of life of the visitor. */
  touched(): void {
    if (this.step.kind === 'start' && this.panel === 'none' && this.session.isAsFound) return;
    if (this.step.kind !== 'thanks') this.idle.start();
  }

  /** The kiosk reads itself aloud, and waits longer for whoever listens. */
  listen(on: boolean): void {
    this.session.speech = on;
    this.idle.factor = on ? SPEECH_FACTOR : 1;
    this.touched();
  }

  /** A second touch is an accident; a second key is pressed on purpose, and meets the title of the new screen. */
  hear(): void {
    clearTimeout(this.#deafTimer);
    this.deaf = false;
  }

  speak(language: Language): void {
    this.session.language = language;
    this.touched();
  }

  start(language: Language): void {
    this.session.language = language;
    this.#go(begin(this.visit));
  }

  choose(need: Pick<Need, 'id' | 'kind'>): void {
    this.#go(choose(this.visit, need));
  }

  back(): void {
    if (this.panel === 'none') this.#go(back(this.visit));
    else if (this.panelPage > 0) this.panelPage -= 1;
    else this.open('none');
  }

  more(): void {
    if (this.panel === 'none') this.#go(nextPage(this.visit));
    else this.panelPage += 1;
  }

  open(panel: Panel): void {
    this.panel = panel;
    this.panelPage = 0;
    this.touched();
  }

  /** *Take a number*: one press, one request id. */
  async take(needId: Need['id']): Promise<void> {
    const { language, largePrint } = this.session;
    await this.#ask({ requestId: this.#newId() as Tap['requestId'], needId, language, largePrint });
  }

  /** The same request again: had the office heard it after all, the same number comes back. */
  async takeAgain(tap: Tap): Promise<void> {
    await this.#ask({ ...tap, language: this.session.language });
  }

  async slipCameOut(ticketId: Request<'slip:came-out'>['ticketId'], cameOut: boolean): Promise<void> {
    this.touched();
    await this.#say('slip:came-out', { requestId: this.#newId() as Tap['requestId'], ticketId, cameOut });
  }

  async callPerson(): Promise<void> {
    this.open('help');
    if (this.line.board?.help !== 'none' && this.line.board && !this.line.stale) return;
    this.helpCall = 'calling';
    const { language } = this.session;
    const heard = await this.#say('help:call', { requestId: this.#newId() as Tap['requestId'], language });
    this.helpCall = heard ? 'idle' : 'failed';
  }

  async cancelCall(): Promise<void> {
    this.open('none');
    await this.#say('help:cancel', { requestId: this.#newId() as Tap['requestId'] });
  }

  finish(): void {
    this.#go(finish(this.visit));
    this.idle.stop();
    clearTimeout(this.#thanksTimer);
    this.#thanksTimer = setTimeout(() => this.forget(), THANKS_MS * this.idle.factor);
  }

  /** The end of every visit: nothing of it stays. */
  forget(): void {
    clearTimeout(this.#thanksTimer);
    this.idle.stop();
    this.visit = NOBODY;
    this.panel = 'none';
    this.helpCall = 'idle';
    this.deaf = false;
    this.idle.factor = 1;
    this.session.forget();
  }

  close(): void {
    clearTimeout(this.#thanksTimer);
    clearTimeout(this.#deafTimer);
    this.idle.stop();
  }

  async #ask(tap: Tap): Promise<void> {
    const before = this.visit;
    this.visit = press(before, tap);
    if (this.visit === before) return;
    this.idle.stop();
    const outcome = this.line.stale ? { kind: 'failed' as const, reference: null } : await askForNumber(this.line, tap);
    this.visit = settle(this.visit, tap.requestId, outcome);
    this.idle.start();
    if (outcome.kind === 'issued') this.#deafFor(DEAF_AFTER_ISSUE_MS);
  }

  /** A request whose answer is only whether it was heard. */
  async #say<Name extends KioskRequest>(name: Name, request: Request<Name>): Promise<boolean> {
    const reply = await this.line.ask(name, request).catch(() => null);
    return reply?.ok ?? false;
  }

  #go(next: Visit): void {
    if (next === this.visit) return;
    this.visit = next;
    this.panel = 'none';
    this.touched();
    this.#deafFor(DEAF_AFTER_STEP_MS);
  }

  #deafFor(ms: number): void {
    clearTimeout(this.#deafTimer);
    this.deaf = true;
    this.#deafTimer = setTimeout(() => (this.deaf = false), ms);
  }
}
