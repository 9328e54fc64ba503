import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REQUESTS, type RequestName } from '../../../../server/contract/events.ts';
import { connect } from '../../../support/clients.ts';
import { CONNECTED, startRolesOffice, type Connected, type RolesOffice } from '../../../support/roles-office.ts';

const NAMES = Object.keys(REQUESTS) as RequestName[];
/** A connection that sends twenty malformed messages is closed: the cells of one role take several. */
const PER_CONNECTION = 15;

let roles: RolesOffice;

beforeAll(async () => {
  roles = await startRolesOffice();
}, 60_000);

afterAll(async () => {
  await roles.office.stop();
});

/** What the office answers, over a real connection, to an empty request of this name. */
async function outcomes(role: Connected): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (let from = 0; from < NAMES.length; from += PER_CONNECTION) {
    const socket = await roles.connect(role);
    const asking = socket as unknown as {
      emitWithAck: (name: string, request: object) => Promise<{ ok: boolean; error?: { code: string } }>;
    };
    for (const name of NAMES.slice(from, from + PER_CONNECTION)) {
      const answer = await asking.emitWithAck(name, {});
      found[name] = answer.ok ? 'done' : (answer.error?.code ?? '');
    }
    socket.disconnect();
  }
  return found;
}

describe.each(CONNECTED)('over a real connection, a %s', (role) => {
  test(`is let as far as the schema where the event table says so, and no farther anywhere else`, async () => {
    const expected = Object.fromEntries(
      NAMES.map((name) => [
        name,
        (REQUESTS[name].roles as readonly string[]).includes(role) ? 'malformed' : 'forbidden',
      ]),
    );
    expect(await outcomes(role)).toEqual(expected);
  });
});

describe('a phone', () => {
  test('has no connection', async () => {
    const socket = connect(roles.office.url, 'phone' as 'kiosk', Object.values(roles.cookies).join('; '));
    await expect(socket).rejects.toThrow('malformed');
  });

  test.each(NAMES)('of all acts over HTTP has only its own: %s', async (name) => {
    const { port, host } = new URL(roles.office.url);
    const act = name.split(':')[1] ?? '';
    const path = `/api/ticket/${'A'.repeat(22)}/${act}`;
    const status = await new Promise<number>((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port, path, method: 'POST', headers: { host, origin: roles.office.url } },
        (response) => {
          response.resume();
          let text = '';
          response.on('data', (chunk: Buffer) => (text += chunk.toString()));
          response.on('end', () => resolve(text.includes('gone') ? 410 : (response.statusCode ?? 0)));
        },
      );
      sent.on('error', reject);
      sent.end('{}');
    });
    // "gone": the route is there, the ticket is not. All else is no route at all.
    expect(status).toBe(NAMES.includes(`phone:${act}` as RequestName) ? 410 : 404);
  });
});
