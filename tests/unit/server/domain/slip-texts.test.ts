import { describe, expect, test } from 'vitest';
import type { Texts } from '../../../../server/domain/language.ts';
import { checkedSlipTexts, slipTextsOf } from '../../../../server/domain/slip-texts.ts';

const AGENCY: Texts = { et: 'Amet', en: 'Agency', ru: 'Департамент' };
const EMPTY: Texts = { et: '', en: '', ru: '' };

describe("the office's own words on a slip", () => {
  test('are the agency’s name at the top until somebody writes others', () => {
    expect(slipTextsOf({ agency: AGENCY })).toEqual({ header: AGENCY, footer: EMPTY });
    expect(slipTextsOf({ agency: AGENCY, slipTexts: { header: EMPTY, footer: AGENCY } }).footer).toBe(AGENCY);
  });

  test('are written in every language or in none', () => {
    expect(checkedSlipTexts({ header: AGENCY, footer: EMPTY }).ok).toBe(true);
    expect(checkedSlipTexts({ header: AGENCY, footer: { ...AGENCY, en: '  ', ru: '' } })).toEqual({
      ok: false,
      error: { code: 'texts-incomplete', missing: ['en', 'ru'] },
    });
  });

  test('have at most four lines', () => {
    expect(checkedSlipTexts({ header: { ...AGENCY, ru: 'а\nб\nв\nг' }, footer: EMPTY }).ok).toBe(true);
    expect(checkedSlipTexts({ header: { ...AGENCY, ru: 'а\nб\nв\nг\nд' }, footer: EMPTY })).toEqual({
      ok: false,
      error: { code: 'text-too-long', lines: 4 },
    });
  });

  test('lose the spaces around them', () => {
    const checked = checkedSlipTexts({ header: { et: ' Amet \n Tallinn\n\n', en: 'A', ru: 'Б' }, footer: EMPTY });
    expect(checked.ok && checked.value.header.et).toBe('Amet\nTallinn');
  });
});
