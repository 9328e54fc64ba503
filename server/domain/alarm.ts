/** What has happened and must be known: it stands until a head has taken note of it. */
export const ALARM_KINDS = [
  'restored',
  'audit-rebuilt',
  'backup-failed',
  'backup-key-changed',
  'clock-jumped',
] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];
