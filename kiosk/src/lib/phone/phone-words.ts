import type { PhoneBoard, WaitRange } from '#contract/boards.ts';
import type { Language } from '#contract/language.ts';
import en from '#locales/en/phone.json' with { type: 'json' };
import et from '#locales/et/phone.json' with { type: 'json' };
import ru from '#locales/ru/phone.json' with { type: 'json' };

type Catalogue = typeof et;
/** Keys of plain texts; those with plural forms or parts of their own have a method. */
export type PhoneText = Exclude<
  { [Key in keyof Catalogue]: Catalogue[Key] extends string ? Key : never }[keyof Catalogue],
  `ahead_${string}`
>;
type Values = Readonly<Record<string, string | number>>;

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { et, en, ru };

/**
 * The words of the phone page. It has few, and old phones on slow lines are to show them at once, so it brings no
 * translation library: texts, placeholders and the platform's own plural rules.
 */
export class PhoneWords {
  readonly #texts: Catalogue;
  readonly #rules: Intl.PluralRules;

  constructor(language: Language) {
    this.#texts = CATALOGUES[language];
    this.#rules = new Intl.PluralRules(language);
  }

  say(key: PhoneText, values: Values = {}): string {
    return filled(this.#texts[key], values);
  }

  place({ kind, number }: NonNullable<PhoneBoard['place']>): string {
    return filled(this.#texts.place[kind], { number });
  }

  wait(wait: WaitRange | null): string {
    const { range, single, aboutRange, aboutSingle, unknown } = this.#texts.wait;
    if (wait === null) return unknown;
    const { fromMinutes: from, toMinutes: to, about } = wait;
    const text = from === to ? (about ? aboutSingle : single) : about ? aboutRange : range;
    return filled(text, { from, to });
  }

  /** Nobody has a form of its own. */
  ahead(count: number): string {
    const form = count === 0 ? 'zero' : this.#rules.select(count);
    const forms: Readonly<Record<string, unknown>> = this.#texts;
    const text = forms[`ahead_${form}`];
    if (typeof text !== 'string') throw new Error(`No text for ahead_${form}`);
    return filled(text, { count });
  }
}

function filled(text: string, values: Values): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
