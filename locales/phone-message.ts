import type { Language } from '../server/contract/language.ts';
import en from './en/phone.json' with { type: 'json' };
import et from './et/phone.json' with { type: 'json' };
import ru from './ru/phone.json' with { type: 'json' };

const WORDS = { et, en, ru } as const;

/** What a message to a phone says: neither number nor desk, for lock screens are read by others. */
export function phoneMessage(
  kind: 'near' | 'called',
  language: Language,
): { readonly title: string; readonly body: string } {
  const { message } = WORDS[language];
  return kind === 'near'
    ? { title: message.near, body: message.nearHelp }
    : { title: message.called, body: message.calledHelp };
}
