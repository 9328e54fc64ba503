import { err, ok, type Result } from '../basics/result.ts';
import { LANGUAGES, type Texts } from './language.ts';
import type { Office } from './plan.ts';
import type { Refusal } from './refusal.ts';

/** The office's own words on every slip. A text may have several lines; an empty one takes no paper. */
export interface SlipTexts {
  /** Above the number: the agency's name unless the office says otherwise. */
  readonly header: Texts;
  /** Below everything but the time of issue. */
  readonly footer: Texts;
}

const NOTHING: Texts = { et: '', en: '', ru: '' };
/** More would push the number out of sight, or make every slip long. */
const LINES_AT_MOST = 4;
/** Letters of one text. */
export const SLIP_TEXT_AT_MOST = 240;

/** What is printed until the office has written something. */
export function slipTextsOf({ slipTexts, agency }: Pick<Office, 'slipTexts' | 'agency'>): SlipTexts {
  return slipTexts ?? { header: agency, footer: NOTHING };
}

/** A text is written in every language of the office or in none: no visitor gets a slip with a gap. */
export function checkedSlipTexts(texts: SlipTexts): Result<SlipTexts, Refusal> {
  const tidied = { header: tidy(texts.header), footer: tidy(texts.footer) };
  for (const text of [tidied.header, tidied.footer]) {
    const missing = LANGUAGES.filter((language) => text[language] === '');
    if (missing.length > 0 && missing.length < LANGUAGES.length) return err({ code: 'texts-incomplete', missing });
    if (LANGUAGES.some((language) => text[language].split('\n').length > LINES_AT_MOST)) {
      return err({ code: 'text-too-long', lines: LINES_AT_MOST });
    }
  }
  return ok(tidied);
}

function tidy(texts: Texts): Texts {
  const tidied = (text: string): string =>
    text
      .split('\n')
      .map((line) => line.trim())
      .join('\n')
      .trim();
  return { et: tidied(texts.et), en: tidied(texts.en), ru: tidied(texts.ru) };
}
