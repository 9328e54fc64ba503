import type { Language } from '#contract/language.ts';
import { soundsOf } from '#locales/spoken.ts';
import { read } from '#kiosk/speech/read.ts';
import { name } from './places.ts';

/** The recordings there are, as the repository has them. */
const RECORDED = new Set(
  Object.keys(import.meta.glob('../../../../locales/*/clips/*.opus')).map((path) =>
    path.replace(/^.*locales\/(\w+)\/clips\/(.+)\.opus$/, '$1/$2'),
  ),
);

/** Names, languages, headings, and whether the voice can say all that is shown. */
export function wordFaults(language: Language): readonly string[] {
  const panel = document.querySelector<HTMLElement>('.panel');
  if (!panel) return ['no panel'];
  const keys = [...panel.querySelectorAll<HTMLButtonElement>('button')].filter((key) => key.offsetWidth > 0);
  return [
    ...(document.documentElement.lang === language ? [] : [`lang is ${document.documentElement.lang}`]),
    ...(document.title === '' ? ['no title'] : []),
    ...(panel.querySelector('h1, [data-testid="connecting"]') ? [] : ['no heading']),
    ...keys.filter((key) => key.innerText.trim() === '').map((key) => `${key.dataset['testid']} has no name`),
    ...[...panel.querySelectorAll<HTMLElement>('*')].flatMap(inWrongLanguage),
    ...unsaid(panel),
  ];
}

/** Cyrillic stands in Russian only, and Russian words are Cyrillic. */
function inWrongLanguage(part: HTMLElement): readonly string[] {
  const text = [...part.childNodes].map((node) => (node instanceof Text ? node.data : '')).join(' ');
  const isRussian = part.closest('[lang]')?.getAttribute('lang') === 'ru';
  const words = text.match(/\p{L}{4,}/gu) ?? [];
  const wrong = words.filter((word) => /\p{Script=Cyrillic}/u.test(word) !== isRussian && !NAMES.has(word));
  return wrong.map((word) => `${name(part)}: “${word}” is in the wrong language`);
}

/** Names that stay as they are. */
const NAMES = new Set(['IBAN', 'Tervisekassa']);

/** Words on the screen that have no recording. */
function unsaid(panel: HTMLElement): readonly string[] {
  return read(panel)
    .flatMap(({ text, language }) => soundsOf(text, language, (id) => RECORDED.has(`${language}/${id}`)))
    .flatMap((sound) => (sound.kind === 'missing' ? [`cannot say “${sound.text}”`] : []));
}
