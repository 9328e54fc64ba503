import type { DeviceRow } from '#contract/boards.ts';
import type { IconName } from '#look/icons.ts';
import { text } from './words.svelte.ts';

export function deviceName({ kind, name }: DeviceRow): string {
  const { t } = text;
  return `${t(`device:kind.${kind}`)} ${kind === 'printer' ? '' : name}`.trim();
}

export function conditionText({ condition }: DeviceRow): string {
  // The server sends only words that the locales know; the type cannot say so.
  return text.t(`device:condition.${condition}` as 'device:condition.ok');
}

/** What to do about a printer in trouble. */
export function printerAdvice({ condition }: DeviceRow): string {
  return text.t(`device:advice.${condition}` as 'device:advice.fault');
}

export function deviceIcon({ kind }: DeviceRow): IconName {
  const icons = {
    printer: 'printer',
    keypad: 'ear',
    kiosk: 'tablet-smartphone',
    display: 'monitor',
    voice: 'volume-2',
  } as const;
  return icons[kind];
}
