import { describe, expect, test } from 'vitest';
import { ok } from '../../../../server/basics/result.ts';
import { REQUESTS, type RequestName, type Row } from '../../../../server/contract/events.ts';
import { ROLES, type Role } from '../../../../server/contract/roles.ts';
import type { Actor } from '../../../../server/domain/ids.ts';
import { answer } from '../../../../server/live/answer.ts';

/**
 * Who may ask what, written out by hand: a new right is granted twice, in the event table and here. K kiosk, P phone,
 * D display, S specialist, H head, A administrator, who has no business with visitors.
 */
const MATRIX: Record<RequestName, string> = {
  'staff:list': 'HA',
  'staff:create': 'HA',
  'staff:change': 'HA',
  'staff:disable': 'HA',
  'staff:link': 'HA',
  'staff:end-sessions': 'HA',
  'staff:link-identity': 'HA',
  'staff:rules': 'HA',
  'alarm:acknowledge': 'H',
  'backup:list': 'HA',
  'backup:make': 'HA',
  'check:run': 'SH',
  'check:list': 'SH',
  'fallback:print': 'SH',
  'fallback:list': 'SH',
  'fallback:take': 'SH',
  'fallback-words:look': 'H',
  'fallback-words:change': 'H',
  'ticket:issue': 'K',
  'ticket:issue-for': 'SH',
  'help:call': 'K',
  'help:cancel': 'K',
  'help:answer': 'SH',
  'help:end': 'SH',
  'phone:hold': 'P',
  'phone:withdraw': 'P',
  'phone:more-time': 'P',
  'phone:follow': 'P',
  'phone:unfollow': 'P',
  'hall:settings': 'SHA',
  'hall:repeat': 'SH',
  'hall:silence': 'SH',
  'hall:test-sound': 'SHA',
  'hall:notice': 'SH',
  'hall:end-notice': 'SH',
  'hall:set-volume': 'HA',
  'hall:set-areas': 'HA',
  'hall:set-panel': 'HA',
  'hall:set-phone': 'HA',
  'display:report': 'D',
  'slip:came-out': 'K',
  'slip:reprint': 'SH',
  'desk:take': 'SH',
  'desk:leave': 'SH',
  'desk:free': 'H',
  'desk:pause': 'SH',
  'desk:resume': 'SH',
  'desk:call-next': 'SH',
  'desk:call-ticket': 'SH',
  'ticket:recall': 'SH',
  'ticket:begin': 'SH',
  'ticket:finish': 'SH',
  'ticket:no-show': 'SH',
  'ticket:park': 'SH',
  'ticket:return': 'SH',
  'ticket:transfer': 'SH',
  'ticket:withdraw': 'SH',
  'ticket:triage': 'SH',
  'ticket:merge': 'SH',
  'visit:answered': 'SH',
  'desk:undo': 'SH',
  'desk:repair': 'SH',
  'ticket:find': 'SH',
  'day:mine': 'SH',
  'rules:set': 'HA',
  'rules:history': 'SHA',
  'device:list': 'HA',
  'device:look-up': 'HA',
  'device:approve': 'HA',
  'device:rename': 'HA',
  'device:limit': 'HA',
  'device:revoke': 'HA',
  'journal:look': 'HA',
  'journal:verify': 'HA',
  'journal:print-seal': 'HA',
  'retention:look': 'HA',
  'retention:set': 'H',
  'printer:test': 'SHA',
  'printer:clear': 'SHA',
  'printer:new-roll': 'SHA',
  'printer:look': 'SHA',
  'keypad:look': 'HA',
  'keypad:set': 'HA',
  'slip-texts:look': 'H',
  'slip-texts:change': 'H',
};

const LETTERS: Record<Role, string> = { kiosk: 'K', display: 'D', phone: 'P', specialist: 'S', head: 'H', admin: 'A' };

/** What `answer` says to an empty request: a right lets it as far as the schema, no right ends before. */
async function outcome(name: RequestName, role: Role): Promise<string> {
  const watch = { fault: () => undefined, refused: () => undefined, ignored: () => undefined };
  const row: Row = REQUESTS[name];
  let code = '';
  await answer(
    row,
    () => Promise.resolve(ok(null)),
    { role, actor: 'somebody' as Actor },
    watch,
  )({}, (result) => {
    code = result.ok ? 'done' : result.error.code;
  });
  return code;
}

describe.each(Object.keys(REQUESTS) as RequestName[])('%s', (name) => {
  test.each(ROLES)('asked by a %s', async (role) => {
    const may = MATRIX[name].includes(LETTERS[role]);
    expect(await outcome(name, role)).toBe(may ? 'malformed' : 'forbidden');
  });
});
