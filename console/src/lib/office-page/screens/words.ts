import en from '#locales/en/screens.json' with { type: 'json' };
import et from '#locales/et/screens.json' with { type: 'json' };
import ru from '#locales/ru/screens.json' with { type: 'json' };
import { wordsOf } from '../../words.svelte.ts';

/** The words of the part about kiosks and displays. */
export const words = wordsOf('screens', { et, en, ru });
