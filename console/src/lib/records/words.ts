import en from '#locales/en/records.json' with { type: 'json' };
import et from '#locales/et/records.json' with { type: 'json' };
import ru from '#locales/ru/records.json' with { type: 'json' };
import { wordsOf } from '../words.svelte.ts';

/** The words of the journal's seals and of how long data is kept. */
export const words = wordsOf('records', { et, en, ru });
