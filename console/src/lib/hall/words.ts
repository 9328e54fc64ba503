import en from '#locales/en/hall.json' with { type: 'json' };
import et from '#locales/et/hall.json' with { type: 'json' };
import ru from '#locales/ru/hall.json' with { type: 'json' };
import { wordsOf } from '../words.svelte.ts';

/** The words of the hall's section. */
export const words = wordsOf('hall', { et, en, ru });
