import { randomUUID } from 'node:crypto';
import type { StaffOffice } from '../accounts/staff-office.ts';
import { err, ok, type Result } from '../basics/result.ts';
import { freeDesk, leaveDesk } from '../commands/desks.ts';
import type { RequestId, StaffId } from '../domain/ids.ts';
import type { Refusal } from '../domain/refusal.ts';
import { deskOf } from '../domain/staffing.ts';
import type { Caller } from './answer.ts';
import type { Commands } from './commands.ts';
import type { Office } from './office.ts';

export type StaffCommands = Pick<Commands, Extract<keyof Commands, `staff:${string}`>>;

/** Answers to requests about accounts. The event table lets only head and admin so far. */
export function staffCommandsOf(office: Office, staff: StaffOffice): StaffCommands {
  const by = ({ actor }: Caller): StaffId => actor as StaffId;

  return {
    'staff:list': async (_, { session }) => ok(await staff.list(session ?? null)),
    'staff:create': (request, caller) => staff.create(request, by(caller)),
    'staff:change': (request, caller) => staff.change(request, by(caller)),
    'staff:disable': async ({ staffId, disabled }, caller) => {
      const done = await staff.disable(staffId, disabled, by(caller));
      if (done.ok && disabled) await giveUpDesk(office, staffId, by(caller));
      return done;
    },
    'staff:link': (request, caller) => staff.link(request, by(caller)),
    'staff:end-sessions': ({ staffId, sessionId }, caller) =>
      staff.endSessions(staffId, sessionId === null ? { allBut: null } : { one: sessionId }, by(caller)),
    'staff:link-identity': (request, caller) => staff.linkIdentity(request, by(caller)),
    'staff:rules': ({ requestId: _, ...rules }, caller) => staff.setRules(rules, by(caller)),
  };
}

/** Whoever signs out leaves the desk. Refused while a visitor is at it. */
export async function leaveDeskOf({ ledger }: Office, staffId: StaffId): Promise<Result<null, Refusal>> {
  if (!deskOf(ledger.committed, staffId)) return ok(null);
  const requestId = randomUUID() as string as RequestId;
  const left = await ledger.carryOut('desk:leave', leaveDesk, { requestId }, staffId);
  if (left.ok || left.error.code === 'id-taken') return ok(null);
  return err(left.error);
}

/** Frees a person's desk even so: a visitor there waits again, with the clock kept. */
export async function giveUpDesk({ ledger }: Office, staffId: StaffId, by: StaffId): Promise<void> {
  const desk = deskOf(ledger.committed, staffId);
  if (!desk) return;
  const requestId = randomUUID() as string as RequestId;
  await ledger.carryOut('desk:free', freeDesk, { requestId, deskId: desk.id }, by);
}
