import i18next, { type TFunction } from 'i18next';
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

  /** `10:42` by the office's wall clock. */
  time(at: number, zone: string): string {
    const format = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
    return new Intl.DateTimeFormat(LOCALES[this.language], format).format(at);
  }
}

export const text = new Words();

function kept(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(KEPT_AS);
  return LANGUAGES.find((language) => language === asked) ?? 'et';
}
