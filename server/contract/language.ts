export { LANGUAGES } from '../domain/language.ts';
export type { Language, Texts } from '../domain/language.ts';
