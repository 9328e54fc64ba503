import en from '#locales/en/printer.json' with { type: 'json' };
import et from '#locales/et/printer.json' with { type: 'json' };
import ru from '#locales/ru/printer.json' with { type: 'json' };
import { wordsOf } from '../words.svelte.ts';

/** The words about the printer and its slips. */
export const words = wordsOf('printer', { et, en, ru });
