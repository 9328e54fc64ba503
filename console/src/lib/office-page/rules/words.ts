import en from '#locales/en/calling.json' with { type: 'json' };
import et from '#locales/et/calling.json' with { type: 'json' };
import ru from '#locales/ru/calling.json' with { type: 'json' };
import { wordsOf } from '../../words.svelte.ts';

/** The words of the rules of calling. */
export const words = wordsOf('calling', { et, en, ru });
