import type { Off } from './verbs.ts';
import { text } from './words.svelte.ts';

/** Why a verb is off, in one sentence; `null` where nobody would ask. */
export function offText(off: Off, zone: string): string | null {
  const { t } = text;
  if (!off) return null;
  switch (off.why) {
    case 'none':
      return null;
    case 'finishFirst':
      return t('off.finishFirst', { number: off.number });
    case 'recallAt':
      return t('off.recallAt', { time: text.time(off.at, zone) });
    default:
      return t(`off.${off.why}`);
  }
}
