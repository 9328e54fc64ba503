import type { RequestName } from '#contract/events.ts';
import type { Trouble } from './office.svelte.ts';
import { LANGUAGE_NAMES, text } from './words.svelte.ts';

/** Where on the screen an act is asked for; a refusal is read at the same place. */
export type Place =
  | 'desk'
  | 'desks'
  | 'triage'
  | 'hall'
  | 'help'
  | 'devices'
  | 'repair'
  | 'safety'
  | 'records'
  | 'rules'
  | 'undo'
  | 'overview'
  | 'pairing'
  | 'screens'
  | 'slip-texts'
  | 'staff';

const PLACES: Partial<Record<RequestName, Place>> = {
  'desk:take': 'desks',
  'device:look-up': 'pairing',
  'device:approve': 'pairing',
  'device:rename': 'screens',
  'device:limit': 'screens',
  'device:revoke': 'screens',
  'hall:settings': 'hall',
  'hall:repeat': 'hall',
  'hall:silence': 'hall',
  'hall:test-sound': 'hall',
  'hall:notice': 'hall',
  'hall:end-notice': 'hall',
  'hall:set-volume': 'hall',
  'hall:set-areas': 'hall',
  'hall:set-panel': 'hall',
  'hall:set-phone': 'hall',
  'alarm:acknowledge': 'safety',
  'backup:make': 'safety',
  'check:run': 'safety',
  'fallback:print': 'safety',
  'fallback:take': 'safety',
  'fallback-words:change': 'safety',
  'journal:verify': 'records',
  'journal:print-seal': 'records',
  'retention:set': 'records',
  'desk:free': 'overview',
  'desk:repair': 'repair',
  'desk:undo': 'undo',
  'rules:set': 'rules',
  'help:answer': 'help',
  'help:end': 'help',
  'printer:test': 'devices',
  'printer:clear': 'devices',
  'printer:new-roll': 'devices',
  'keypad:set': 'devices',
  'slip-texts:change': 'slip-texts',
  'staff:list': 'staff',
  'staff:create': 'staff',
  'staff:change': 'staff',
  'staff:disable': 'staff',
  'staff:link': 'staff',
  'staff:end-sessions': 'staff',
  'staff:link-identity': 'staff',
  'staff:rules': 'staff',
  'ticket:issue-for': 'triage',
  'ticket:triage': 'triage',
  'visit:answered': 'triage',
};

export function placeOf(act: RequestName): Place {
  return PLACES[act] ?? 'desk';
}

/** One sentence about an act that did not happen, in the language of whoever asked. */
export function troubleText(trouble: Trouble, zone: string): string {
  const { t } = text;
  switch (trouble.code) {
    case 'malformed':
    case 'forbidden':
    case 'outage':
      return t(`fault.${trouble.code}`, { reference: trouble.reference });
    case 'texts-incomplete':
      return t('refusal:texts-incomplete', { missing: trouble.missing.map((one) => LANGUAGE_NAMES[one]).join(', ') });
    case 'call-again-later':
      return t('off.recallAt', { time: text.time(trouble.notBefore, zone) });
    default:
      return t(`refusal:${trouble.code}`, { ...trouble });
  }
}
