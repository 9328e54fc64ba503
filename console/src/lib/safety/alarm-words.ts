import type { AlarmRow } from '#contract/boards.ts';
import { words } from './words.ts';

const MINUTE_MS = 60_000;

/** What happened and what to do, a sentence each; a new kind of alarm does not compile without its own. */
export function alarmSentences({ kind, body }: AlarmRow): readonly string[] {
  const { t } = words;
  switch (kind) {
    case 'restored':
      return restoredSentences(body);
    case 'clock-jumped':
      return [t('alarm.clock-jumped.do', { minutes: Math.round(number(body.byMs) / MINUTE_MS) })];
    case 'backup-failed':
      return [t('alarm.backup-failed.do', { words: text(body.words) })];
    case 'backup-key-changed':
      return [t('alarm.backup-key-changed.do', { keyId: text(body.keyId), before: text(body.before) })];
    case 'disk-low':
      return [t('alarm.disk-low.do', { freeMiB: number(body.freeMiB) })];
    case 'slow':
      return [t('alarm.slow.do', { lagMs: number(body.lagMs) })];
    case 'audit-rebuilt':
    case 'disk-full':
    case 'disk-read-only':
    case 'audit-behind':
    case 'database-busy':
    case 'backup-old':
      return [t(`alarm.${kind}.do`)];
  }
}

function restoredSentences(body: AlarmRow['body']): readonly string[] {
  const { t } = words;
  const base = object(body.base);
  const plan = object(body.plan);
  const lost = Array.isArray(body.lost) ? body.lost.length : 0;
  const cause = oneOf(body.cause, ['damaged', 'behind', 'missing'] as const);
  const kind = oneOf(base.kind, ['database', 'backup', 'nothing'] as const);
  return [
    t(`alarm.restored.lead.${cause}`),
    t(`alarm.restored.base.${kind}`, { name: text(base.name) }),
    t('alarm.restored.replayed', { count: number(body.replayed) }),
    ...(number(body.withoutNeed) > 0 ? [t('alarm.restored.withoutNeed', { count: number(body.withoutNeed) })] : []),
    ...(lost > 0 ? [t('alarm.restored.lost', { count: lost })] : []),
    ...(body.numbersJumped === true ? [t('alarm.restored.numbersJumped')] : []),
    ...(number(plan.has) < number(plan.had)
      ? [t('alarm.restored.plan', { has: number(plan.has), had: number(plan.had) })]
      : []),
    t('alarm.restored.keptIn', { keptIn: text(body.keptIn) }),
  ];
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function oneOf<const T extends string>(value: unknown, known: readonly [T, ...T[]]): T {
  return known.find((one) => one === value) ?? known[0];
}
