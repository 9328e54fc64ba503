import { z } from 'zod';
import type { Row } from '../events.ts';
import { asked, done } from './pieces.ts';

/** What keeps the office safe: alarms, backups, the morning's check, numbers on paper for when nothing else works. */
export const SAFETY_REQUESTS = {
  'alarm:acknowledge': {
    says: 'The head has taken note of an alarm; it leaves the consoles. Taking note twice changes nothing.',
    roles: ['head'],
    request: z.strictObject({ ...asked, alarmId: z.uuid() }),
    reply: done,
  },
} as const satisfies Record<string, Row>;
