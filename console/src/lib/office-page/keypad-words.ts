import en from '#locales/en/keypad.json' with { type: 'json' };
import et from '#locales/et/keypad.json' with { type: 'json' };
import ru from '#locales/ru/keypad.json' with { type: 'json' };
import { wordsOf } from '../words.svelte.ts';

/** The words about the accessible keypad. */
export const words = wordsOf('keypad', { et, en, ru });
