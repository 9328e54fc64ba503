import { ok } from '../basics/result.ts';
import type { SAFETY_REQUESTS } from '../contract/requests/safety.ts';
import type { StaffId } from '../domain/ids.ts';
import type { Commands } from './commands.ts';

export type SafetyAnswers = Pick<Commands, keyof typeof SAFETY_REQUESTS>;

interface Parts {
  readonly watch: { readonly acknowledge: (alarmId: string, actor: StaffId) => Promise<void> };
}

/** Alarms, backups, the morning's check, numbers on paper. */
export function safetyAnswers({ watch }: Parts): SafetyAnswers {
  return {
    'alarm:acknowledge': async ({ alarmId }, { actor }) => {
      await watch.acknowledge(alarmId, actor as StaffId);
      return ok(null);
    },
  };
}
