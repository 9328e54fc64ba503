import en from '#locales/en/safety.json' with { type: 'json' };
import et from '#locales/et/safety.json' with { type: 'json' };
import ru from '#locales/ru/safety.json' with { type: 'json' };
import { wordsOf } from '../words.svelte.ts';

/** The words of alarms, backups, the morning's check and numbers on paper. */
export const words = wordsOf('safety', { et, en, ru });
