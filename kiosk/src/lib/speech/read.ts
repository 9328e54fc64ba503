import { isLanguage } from '#kiosk/i18n.svelte.ts';
import type { Language } from '#contract/language.ts';

/** Words to be heard, in the language they are written in. */
export interface Said {
  readonly language: Language;
  readonly text: string;
}

/**
 * What stands on the screen, in reading order, as the voice will say it: one piece for each block and each language. What
 * is hidden, drawn or only decoration is left out. `data-say` gives other words for what is abbreviated on the screen;
 * `data-twice` is said again: a number.
 *
 * @param except parts to leave out
 */
export function read(root: Element, except = ''): readonly Said[] {
  const pieces: Said[] = [];
  let words = '';
  let language = languageOf(root);

  function flush(): void {
    const text = words.replace(/\s+/g, ' ').trim();
    words = '';
    if (text !== '') pieces.push({ language, text });
  }

  function enter(element: Element): void {
    if (isUnsaid(element) || (except !== '' && element.matches(except))) return;
    const instead = element.getAttribute('data-say');
    const isBlock = instead !== null || !getComputedStyle(element).display.startsWith('inline');
    const isOther = languageOf(element) !== language;
    if (isBlock || isOther || element.tagName === 'BR') flush();
    const outer = language;
    language = languageOf(element);
    if (instead === null) element.childNodes.forEach(take);
    else words = instead;
    if (isBlock || isOther) flush();
    language = outer;
    if (element.hasAttribute('data-twice')) repeatLast();
  }

  function take(node: Node): void {
    if (node instanceof Text) words += node.data;
    else if (node instanceof Element) enter(node);
  }

  function repeatLast(): void {
    flush();
    const last = pieces.at(-1);
    if (last) pieces.push(last);
  }

  enter(root);
  flush();
  return pieces;
}

function isUnsaid(element: Element): boolean {
  return element.matches('[hidden], [aria-hidden="true"], svg') || getComputedStyle(element).display === 'none';
}

function languageOf(element: Element): Language {
  const lang = element.closest('[lang]')?.getAttribute('lang') ?? null;
  return isLanguage(lang) ? lang : 'et';
}
