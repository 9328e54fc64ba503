import { randomUUID } from 'node:crypto';
import type { Actor, EpochMs, RequestId, ServiceId, TicketId, TicketNumber } from '../../server/domain/ids.ts';
import type { Change } from '../../server/domain/change.ts';
import { ticketEntry } from '../../server/domain/journal.ts';
import { numberText } from '../../server/domain/number.ts';
import type { Ticket } from '../../server/domain/ticket.ts';
import { saveGroup } from '../../server/store/group.ts';
import { openStore } from '../../server/store/opening.ts';

const GROUP = 500;
const DAY_MS = 86_400_000;
const TICKETS_A_DAY = 900;
const ACTOR = 'kiosk-past' as Actor;

/** Fills the journal and the tables with closed tickets of the last months, through the same statements as life does. */
export async function addPast(dataDir: string, count: number): Promise<void> {
  const store = await openStore({ dataDir, databaseUrl: null, office: 'office' });
  for (let from = 0; from < count; from += GROUP) {
    const group = Array.from({ length: Math.min(GROUP, count - from) }, (_, i) => decidedInThePast(from + i));
    await store.database.commit((trx) => saveGroup(trx, group, store.database.dialect));
  }
  await store.close();
}

function decidedInThePast(i: number) {
  const at = (Date.now() - (2 + Math.floor(i / TICKETS_A_DAY)) * DAY_MS) as EpochMs;
  const day = new Date(at).toISOString().slice(0, 10);
  const ticket = closedTicket(numberText('A', (i % TICKETS_A_DAY) + 1), day, at, (i % TICKETS_A_DAY) + 1);
  const change: Change<null> = {
    tickets: [ticket],
    entries: [ticketEntry('ticket.finished', ticket, { now: at, actor: ACTOR })],
    reply: null,
  };
  return { requestId: randomUUID() as string as RequestId, event: 'past', actor: ACTOR, at, day, change };
}

function closedTicket(number: TicketNumber, day: string, at: EpochMs, order: number): Ticket {
  return {
    id: randomUUID() as string as TicketId,
    number,
    serviceId: 'info' as ServiceId,
    language: 'et',
    interpreter: false,
    standing: 'walk-in',
    classId: null,
    overtaken: 0,
    assistance: [],
    issuedAt: at,
    day,
    order,
    clock: at,
    callBy: at,
    further: [],
    lastCall: null,
    missed: false,
    version: 4,
    state: { kind: 'closed', since: at, outcome: 'served' },
    needId: null,
    note: '',
  };
}
