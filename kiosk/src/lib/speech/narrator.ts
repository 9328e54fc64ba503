import { LANGUAGES } from '#contract/language.ts';
import type { Language } from '#contract/language.ts';
import { SPOKEN_TEXTS } from '#locales/spoken-texts.ts';
import { targetsOf } from '#kiosk/walk.ts';
import { read } from './read.ts';
import type { Said } from './read.ts';

/** Who says it: the recordings at a kiosk, a list in a test. */
export interface Voice {
  say(pieces: readonly Said[]): void;
  append(pieces: readonly Said[]): void;
  stop(): void;
}

interface Parts {
  /** All that the visitor sees. */
  readonly panel: HTMLElement;
  readonly voice: Voice;
  readonly language: () => Language;
  /** Whether only the visitor hears it. */
  readonly isPrivate: () => boolean;
}

/** Not read with a screen: what can be operated speaks when it is reached, and the floor is the same everywhere. */
const OPERATED = 'button';
const STATUS = '[role="status"], [role="alert"]';
const PRIVATE = '[data-private]';

/**
 * Turns what is on the screen into what is said: a screen by its title and text, a key by name, role, state and position
 * (EN 301 549, 5.1.3.1). It reads the screen itself, so nothing is said that is not shown, and nothing shown is left out.
 */
export class Narrator {
  readonly #parts: Parts;
  /** News of this screen that were said. */
  readonly #known = new Set<string>();
  #instructed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A new screen: its title and text; for a visitor who has just come, how to go on. */
  screen(): void {
    this.#known.clear();
    for (const news of this.#news()) this.#known.add(key(news));
    const pieces = this.#screenPieces();
    this.#parts.voice.say(this.#instructed ? pieces : [...pieces, ...this.#how()]);
    this.#instructed = true;
  }

  /** The same again, with the instructions. */
  instruct(): void {
    this.#parts.voice.say([...this.#words('how', 'keys'), ...this.#screenPieces()]);
  }

  /** Screen and key again. */
  repeat(): void {
    const focused = this.#focused();
    this.#parts.voice.say([...this.#screenPieces(), ...(focused ? this.#target(focused) : [])]);
  }

  focus(target: HTMLElement): void {
    this.#parts.voice.say(this.#target(target));
  }

  /** What has changed on the screen by itself, once. */
  news(): void {
    const fresh = this.#news().filter((piece) => !this.#known.has(key(piece)));
    for (const piece of fresh) this.#known.add(key(piece));
    this.#parts.voice.append(fresh);
  }

  /** The visit is about to end: says so at once, and how to go on. */
  warn(): void {
    const parts = this.#parts.panel.querySelectorAll('.warning h2, .count .heard');
    const pieces = [...parts].flatMap((part) => read(part));
    for (const piece of pieces) this.#known.add(key(piece));
    this.#parts.voice.say([...pieces, ...this.#words('anyKey')]);
  }

  /** One sentence at once, as a setting by key is confirmed. */
  confirm(text: string): void {
    this.#parts.voice.say([{ language: this.#parts.language(), text }]);
  }

  #screenPieces(): readonly Said[] {
    const parts = this.#parts.panel.querySelectorAll('.head, .reading, .acts, .connecting');
    return [...parts].flatMap((part) => this.#discreet(part, part.matches('.acts') ? `${OPERATED}, .count` : '.where'));
  }

  /** On the start screen nobody has chosen a language: how to choose one is said in each. */
  #how(): readonly Said[] {
    const isStart = this.#parts.panel.querySelector('[data-testid="start"]') !== null;
    return isStart
      ? LANGUAGES.map((language) => ({ language, text: SPOKEN_TEXTS[language][1].begin }))
      : this.#words('how');
  }

  #target(target: HTMLElement): readonly Said[] {
    const language = this.#parts.language();
    const words = SPOKEN_TEXTS[language][1];
    const hidden = target.closest(PRIVATE) !== null && !this.#parts.isPrivate();
    const names = hidden ? [{ language, text: words.privateChoice }] : read(target);
    const pressed = target.getAttribute('aria-pressed');
    const all = targetsOf(this.#parts.panel);
    const position = words.position
      .replace('{{index}}', String(all.indexOf(target) + 1))
      .replace('{{count}}', String(all.length));
    const state = pressed === null ? [] : [pressed === 'true' ? words.chosen : words.notChosen];
    return [...names, ...[words.button, ...state, position].map((text) => ({ language, text }))];
  }

  #news(): readonly Said[] {
    return [...this.#parts.panel.querySelectorAll(STATUS)]
      .filter((status) => status.closest('[hidden]') === null)
      .flatMap((status) => this.#discreet(status, ''));
  }

  #discreet(part: Element, except: string): readonly Said[] {
    const isHidden = !this.#parts.isPrivate() && part.closest(PRIVATE) !== null;
    if (!isHidden) return read(part, except);
    return part.matches('.head') ? this.#words('private') : [];
  }

  #words(...names: readonly ('how' | 'keys' | 'anyKey' | 'private')[]): readonly Said[] {
    const language = this.#parts.language();
    return names.map((name) => ({ language, text: SPOKEN_TEXTS[language][1][name] }));
  }

  #focused(): HTMLElement | null {
    const { activeElement } = document;
    return activeElement instanceof HTMLElement && targetsOf(this.#parts.panel).includes(activeElement)
      ? activeElement
      : null;
  }
}

function key({ language, text }: Said): string {
  return `${language} ${text}`;
}
