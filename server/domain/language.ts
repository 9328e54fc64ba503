/** The languages of the office, the source language first. */
export const LANGUAGES = ['et', 'en', 'ru'] as const;

export type Language = (typeof LANGUAGES)[number];

/** One of the office's own texts (a service, a need, a notice), in every language of the office. */
export type Texts = Readonly<Record<Language, string>>;
