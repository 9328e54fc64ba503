import { text } from './words.svelte.ts';
import type { Trouble } from './office.svelte.ts';

/** One sentence about an act that did not happen, in the language of whoever asked. */
export function troubleText(trouble: Trouble): string {
  const { t } = text;
  switch (trouble.code) {
    case 'timeout':
      return t('fault.timeout');
    case 'malformed':
    case 'forbidden':
    case 'outage':
      return t(`fault.${trouble.code}`, { reference: trouble.reference });
    default:
      return t(`refusal:${trouble.code}`, { ...trouble });
  }
}
