import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { DeviceDoor } from '../accounts/device-door.ts';
import type { StaffDoor } from '../accounts/staff-door.ts';
import type { OfficeRules } from '../domain/plan.ts';
import type { Role } from '../contract/roles.ts';
import type { Limits } from '../store/devices.ts';
import { readCookie } from '../http/cookies.ts';
import type { Guest } from './boards-out.ts';

/** What a client says when it connects; the proof of who it is comes in a cookie. */
const HELLO = z.object({ surface: z.enum(['kiosk', 'display', 'console']), area: z.string().max(32).optional() });

/** A display only tells of itself. */
const REPORTS: Limits = { perMinute: 120, burst: 30 };

export interface LetIn {
  readonly guest: Guest;
  readonly role: Role;
  readonly limits: Limits;
}

/** Why a socket was not let in: the word a client gets as `connect_error`. */
export type ShutOut = 'malformed' | 'unpaired' | 'signed-out' | 'locked';

/** Who is at the gate, by the cookie of its surface. */
export async function letIn(
  handshake: { readonly auth: unknown; readonly request: IncomingMessage; readonly secure: boolean },
  doors: { readonly staff: StaffDoor; readonly devices: DeviceDoor },
  rules: Pick<OfficeRules, 'staffPerMinute' | 'staffBurst'>,
): Promise<LetIn | ShutOut> {
  const hello = HELLO.safeParse(handshake.auth);
  if (!hello.success) return 'malformed';
  const { surface } = hello.data;
  if (surface === 'console') {
    const token = readCookie(handshake.request, 'session', handshake.secure);
    const found = token === null ? null : await doors.staff.look(token);
    if (!found) return 'signed-out';
    const { staff, state } = found;
    if (state === 'locked') return 'locked';
    const { id, name, role } = staff.account;
    const limits: Limits = { perMinute: rules.staffPerMinute, burst: rules.staffBurst };
    return { guest: { surface, session: staff.session, staffId: id, name, role }, role, limits };
  }
  const token = readCookie(handshake.request, surface, handshake.secure);
  const device = token === null ? null : await doors.devices.whoIs(token, surface);
  if (!device) return 'unpaired';
  const known = { deviceId: device.id, name: device.name };
  if (surface === 'kiosk') return { guest: { surface, ...known }, role: surface, limits: device.limits };
  return { guest: { surface, ...known, area: hello.data.area ?? null }, role: surface, limits: REPORTS };
}
