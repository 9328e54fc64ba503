import en from '#locales/en/staff.json' with { type: 'json' };
import et from '#locales/et/staff.json' with { type: 'json' };
import ru from '#locales/ru/staff.json' with { type: 'json' };
import { wordsOf } from '../words.svelte.ts';

/** The words about colleagues and their accounts. */
export const words = wordsOf('staff', { et, en, ru });
