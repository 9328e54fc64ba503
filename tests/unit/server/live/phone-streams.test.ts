import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TicketId } from '../../../../server/domain/ids.ts';
import { PhoneStreams } from '../../../../server/live/phone-streams.ts';
import { until } from '../../../support/waiting.ts';

const TICKET = 'ticket-1' as TicketId;
const ANOTHER = 'ticket-2' as TicketId;
let streams: PhoneStreams;
let server: Server;

beforeEach(async () => {
  streams = new PhoneStreams();
  server = createServer(({ url = '' }, response) => streams.add(url.slice(1) as TicketId, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  streams.close();
  server.closeAllConnections();
  server.close();
});

async function phone(
  ticketId = TICKET,
): Promise<{ response: IncomingMessage; heard: () => string; isOver: () => boolean }> {
  const { port } = server.address() as AddressInfo;
  const asked = get({ port, host: '127.0.0.1', path: `/${ticketId}`, agent: false });
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  let over = false;
  response.on('error', () => undefined);
  response.on('close', () => (over = true));
  response.setEncoding('utf8').on('data', (part: string) => (text += part));
  return { response, heard: () => text, isOver: () => over };
}

test('a board reaches every phone of the ticket, and no other', async () => {
  const phones = [await phone(), await phone()];
  streams.send(ANOTHER, { state: 'not-yours' });
  streams.send(TICKET, { state: 'waiting' });
  for (const { heard } of phones) {
    await until('the board came', () => heard().includes('data: {"state":"waiting"}\n\n'));
    expect(heard()).not.toContain('not-yours');
  }
});

test('a fifth line of one ticket ends the oldest: dead lines and strangers keep nobody out', async () => {
  const phones = [await phone(), await phone(), await phone(), await phone()];
  const fifth = await phone();
  await until('the oldest was ended', () => phones[0]?.isOver() ?? false);
  streams.send(TICKET, { state: 'called' });
  await until('the newest hears', () => fifth.heard().includes('called'));
  expect(phones.map(({ isOver }) => isOver())).toEqual([true, false, false, false]);
});

test('a phone that does not read is let go; the others hear on', async () => {
  const deaf = await phone();
  const other = await phone(ANOTHER);
  deaf.response.pause();
  // Far more than the machine keeps on its way for one connection.
  const board = { state: 'x'.repeat(32 * 1024) };
  for (let sent = 1; sent <= 2_000 && [...streams.followed].includes(TICKET); sent++) {
    for (const ticketId of [TICKET, ANOTHER]) streams.send(ticketId, board);
    await until('the other read it', () => other.heard().split('data:').length > sent);
  }
  expect([...streams.followed]).toEqual([ANOTHER]);
  deaf.response.resume();
  await until('the deaf one is gone', deaf.isOver);
  expect(other.isOver()).toBe(false);
});

test('when the last phone has gone, nothing of the ticket is kept', async () => {
  const { response } = await phone();
  expect([...streams.followed]).toEqual([TICKET]);
  response.destroy();
  await until('nothing is kept', () => [...streams.followed].length === 0);
});
