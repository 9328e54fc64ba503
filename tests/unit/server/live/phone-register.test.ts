import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TicketId } from '../../../../server/domain/ids.ts';
import { PhoneRegister } from '../../../../server/live/phone-register.ts';
import { subscriptions } from '../../../../server/store/phone-store.ts';
import { LedgerOffice } from '../../../support/ledgers.ts';
import { must } from '../../../support/must.ts';

let office: LedgerOffice;
let register: PhoneRegister;

beforeEach(async () => {
  office = await LedgerOffice.open();
  const port = {
    publicKey: () => Promise.resolve('key'),
    knows: () => true,
    send: () => Promise.resolve('sent' as const),
  };
  const { database } = office.store;
  register = await PhoneRegister.open(
    { database, port, pageOf: () => '/t/x', afterwards: (work) => void work },
    office.book,
  );
});

afterEach(() => office.remove());

async function aTicket(): Promise<TicketId> {
  return must(await office.issue()).reply.ticketId;
}

function follow(ticketId: TicketId, phone: number): Promise<boolean> {
  const endpoint = `https://push.example/${phone}`;
  return register.follow(ticketId, { endpoint, keys: { p256dh: 'p', auth: 'a' }, language: 'et' });
}

test('of many phones that ask for messages at once, two get them', async () => {
  const ticketId = await aTicket();
  const all = await Promise.all(Array.from({ length: 6 }, (_, i) => follow(ticketId, i)));
  expect(all.filter((one) => one)).toHaveLength(2);
  expect(await office.store.database.read(subscriptions)).toHaveLength(2);
});
