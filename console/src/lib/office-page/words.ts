import en from '#locales/en/office.json' with { type: 'json' };
import et from '#locales/et/office.json' with { type: 'json' };
import ru from '#locales/ru/office.json' with { type: 'json' };
import { wordsOf } from '../words.svelte.ts';

/** The words of the office page. */
export const words = wordsOf('office', { et, en, ru });
