import i18next, { type TFunction, type TypeOptions } from 'i18next';
import { LANGUAGES, type Language } from '#contract/language.ts';
import enConsole from '#locales/en/console.json' with { type: 'json' };
import enDevice from '#locales/en/device.json' with { type: 'json' };
import enRefusal from '#locales/en/refusal.json' with { type: 'json' };
import etConsole from '#locales/et/console.json' with { type: 'json' };
import etDevice from '#locales/et/device.json' with { type: 'json' };
import etRefusal from '#locales/et/refusal.json' with { type: 'json' };
import ruConsole from '#locales/ru/console.json' with { type: 'json' };
import ruDevice from '#locales/ru/device.json' with { type: 'json' };
import ruRefusal from '#locales/ru/refusal.json' with { type: 'json' };

type Resources = TypeOptions['resources'];
export type Translate = TFunction<['console', 'device', 'refusal']>;

const KEPT_AS = 'infolett-language';

const words = i18next.createInstance({
  lng: 'et',
  fallbackLng: false,
  ns: ['console', 'device', 'refusal'],
  defaultNS: 'console',
  resources: {
    et: { console: etConsole, device: etDevice, refusal: etRefusal },
    en: { console: enConsole, device: enDevice, refusal: enRefusal },
    ru: { console: ruConsole, device: ruDevice, refusal: ruRefusal },
  },
  interpolation: { escapeValue: false },
  initAsync: false,
  parseMissingKeyHandler: (key) => {
    throw new Error(`No text for ${key}`);
  },
});
void words.init();

/** How each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { et: 'Eesti', en: 'English', ru: 'Русский' };

const LOCALES: Readonly<Record<Language, string>> = { et: 'et-EE', en: 'en-GB', ru: 'ru-RU' };

/** The words of the signed-in person's language. Kept on this device: staff choose once. */
class Words {
  language = $state<Language>(kept());
  /** Read it in markup: it follows the language. */
  readonly t: Translate = $derived(
    words.getFixedT<['console', 'device', 'refusal']>(this.language, ['console', 'device', 'refusal']),
  );

  choose(language: Language): void {
    this.language = language;
    localStorage.setItem(KEPT_AS, language);
    document.documentElement.lang = language;
  }

  /** `24. nov 2026` by this device's wall clock. */
  date(at: number): string {
    return new Intl.DateTimeFormat(LOCALES[this.language], { dateStyle: 'medium' }).format(at);
  }

  /** `24. nov 2026 10:42` by this device's wall clock. */
  moment(at: number): string {
    const format = { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' } as const;
    return new Intl.DateTimeFormat(LOCALES[this.language], format).format(at);
  }

  /** `10:42` by the office's wall clock. */
  time(at: number, zone: string): string {
    const format = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
    return new Intl.DateTimeFormat(LOCALES[this.language], format).format(at);
  }

  /** `25. nov 2026, 10:42` by the office's wall clock. */
  dayAndTime(at: number, zone: string): string {
    const format = { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23', timeZone: zone } as const;
    return new Intl.DateTimeFormat(LOCALES[this.language], format).format(at);
  }

  /** `1,2 MB`: decimal units (IEC 80000-13), in the way the language writes numbers. */
  fileSize(bytes: number): string {
    const [unit, one] = bytes < 1e6 ? (['kilobyte', 1e3] as const) : (['megabyte', 1e6] as const);
    const format = { style: 'unit', unit, maximumFractionDigits: 1 } as const;
    return new Intl.NumberFormat(LOCALES[this.language], format).format(bytes / one);
  }
}

export const text = new Words();

/** Namespaces that come with one part of the console, when it is opened first. */
type LateNamespace = Exclude<keyof Resources, 'console' | 'device' | 'refusal'>;

/**
 * The words of a part that is loaded when it is first opened, so that the first page stays small. Read `t` in markup: it
 * follows the language; texts of the namespace itself need no prefix, those every page has do (`console:close`).
 */
export function wordsOf<Name extends LateNamespace>(
  namespace: Name,
  texts: Readonly<Record<Language, Resources[Name]>>,
): { readonly t: TFunction<[Name, 'console', 'device', 'refusal']> } {
  for (const language of LANGUAGES) words.addResourceBundle(language, namespace, texts[language]);
  return {
    get t() {
      return words.getFixedT<[Name, 'console', 'device', 'refusal']>(text.language, [
        namespace,
        'console',
        'device',
        'refusal',
      ]);
    },
  };
}

function kept(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(KEPT_AS);
  return LANGUAGES.find((language) => language === asked) ?? 'et';
}
