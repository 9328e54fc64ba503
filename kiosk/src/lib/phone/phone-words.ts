import type { Language } from '#contract/language.ts';
import en from '#locales/en/phone.json' with { type: 'json' };
import et from '#locales/et/phone.json' with { type: 'json' };
import ru from '#locales/ru/phone.json' with { type: 'json' };

type Catalogue = typeof et;
type Plain = { [Key in keyof Catalogue]: Catalogue[Key] extends string ? Key : never }[keyof Catalogue];
type Counted = 'wait' | 'ahead';

const CATALOGUES: Readonly<Record<Language, Readonly<Record<string, unknown>>>> = { et, en, ru };
const LOCALES: Readonly<Record<Language, string>> = { et: 'et-EE', en: 'en-GB', ru: 'ru-RU' };

/**
 * The words of the phone page. It has few, and old phones on slow lines are to show them at once, so it brings no
 * translation library: texts, placeholders and the platform's own plural rules.
 */
export class PhoneWords {
  readonly #language: Language;
  readonly #rules: Intl.PluralRules;

  constructor(language: Language) {
    this.#language = language;
    this.#rules = new Intl.PluralRules(language);
  }

  say(key: Plain, values: Readonly<Record<string, string | number>> = {}): string {
    return filled(this.#text(key), values);
  }

  goTo(kind: keyof Catalogue['goTo'], number: string): string {
    const texts = CATALOGUES[this.#language].goTo as Catalogue['goTo'];
    return filled(texts[kind], { number });
  }

  /** The form that goes with a number; nobody has a form of its own where the language has words for it. */
  counted(key: Counted, count: number, values: Readonly<Record<string, string | number>> = {}): string {
    const none = count === 0 ? CATALOGUES[this.#language][`${key}_zero`] : undefined;
    const text = typeof none === 'string' ? none : this.#text(`${key}_${this.#rules.select(count)}`);
    return filled(text, { ...values, count });
  }

  time(at: number, zone: string): string {
    const format = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
    return new Intl.DateTimeFormat(LOCALES[this.#language], format).format(at);
  }

  #text(key: string): string {
    const text = CATALOGUES[this.#language][key];
    if (typeof text !== 'string') throw new Error(`No text for ${key}`);
    return text;
  }
}

function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
