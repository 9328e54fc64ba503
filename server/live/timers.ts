import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { callByItself } from '../commands/calling.ts';
import { closeDay, closeLeftOver, endParkings } from '../commands/office-day.ts';
import { dueAutoCall } from '../domain/auto-call.ts';
import { openingAt } from '../domain/hours.ts';
import type { RequestId } from '../domain/ids.ts';
import { localDay } from '../domain/local-time.ts';
import { leftOver } from '../domain/office-day.ts';
import { nextParkingEnd } from '../domain/timers.ts';
import type { Office } from './office.ts';

const LOOK_EVERY_MS = 1_000;
/** Waits and opening hours move with the clock even when nothing happens. */
const REFRESH_EVERY_MS = 15_000;

/** What happens by the clock alone: parkings end, free desks call, the office day ends, waits grow. @returns stops it */
export function keepTime(
  office: Pick<Office, 'ledger' | 'now' | 'plan'>,
  refresh: () => void,
  log: Logger,
): () => void {
  const { ledger, now, plan } = office;
  let wasOpen = isOpen();
  let busy = false;
  const look = setInterval(() => {
    if (busy) return;
    busy = true;
    lookAround()
      .catch((cause: unknown) => log.error({ cause: String(cause) }, 'what the clock asked for could not be done'))
      .finally(() => (busy = false));
  }, LOOK_EVERY_MS);
  const repaint = setInterval(refresh, REFRESH_EVERY_MS);

  async function lookAround(): Promise<void> {
    await endDay();
    const ends = nextParkingEnd(ledger.committed);
    if (ends !== null && ends <= now()) {
      await ledger.carryOut('office:end-parkings', endParkings, { requestId: freshId() }, 'system');
    }
    while (dueAutoCall(ledger.committed, plan(), now())) {
      const called = await ledger.carryOut('desk:call-by-itself', callByItself, { requestId: freshId() }, 'system');
      if (!called.ok) break;
    }
  }

  /** Before anything else: nobody is called on a day that is over. An end that met an outage is tried again. */
  async function endDay(): Promise<void> {
    const open = isOpen();
    if (wasOpen && !open && closedForTheDay()) {
      await ledger.carryOut('office:close-day', closeDay, { requestId: freshId() }, 'system');
    } else if (leftOver(ledger.committed, plan(), now()).length > 0) {
      await ledger.carryOut('office:close-left-over', closeLeftOver, { requestId: freshId() }, 'system');
    }
    wasOpen = open;
  }

  function isOpen(): boolean {
    const { hours, zone } = plan().office;
    return openingAt(hours, now(), zone).open;
  }

  /** A lunch break does not end the office day: it opens again on the same day. */
  function closedForTheDay(): boolean {
    const { hours, zone } = plan().office;
    const { changesAt } = openingAt(hours, now(), zone);
    return changesAt === null || localDay(changesAt, zone) !== localDay(now(), zone);
  }

  return () => {
    clearInterval(look);
    clearInterval(repaint);
  };
}

function freshId(): RequestId {
  return randomUUID() as string as RequestId;
}
