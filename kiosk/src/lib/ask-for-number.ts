import type { Fault, Refusal } from '#contract/events.ts';
import type { Line } from './line.svelte.ts';
import type { Outcome, Tap } from './visit.ts';

/** How often one press is sent before the kiosk gives up. */
const ATTEMPTS = 3;

/**
 * Sends one press until it is answered. The request id makes it safe: however often it is heard, it is one ticket.
 * An outage is sent again too, since nothing of it was kept; a refusal and a fault of ours are final.
 */
export async function askForNumber(line: Pick<Line, 'ask'>, tap: Tap): Promise<Outcome> {
  let reference: Fault['reference'] | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const reply = await line.ask('ticket:issue', tap).catch(() => null);
    if (reply === null) continue;
    if (reply.ok) return { kind: 'issued', issued: reply.value };
    if (reply.error.code === 'not-issuing') break;
    if (!isFault(reply.error)) return { kind: 'refused', refusal: reply.error };
    reference = reply.error.reference;
    if (reply.error.code !== 'outage') break;
  }
  return { kind: 'failed', reference };
}

function isFault(error: Refusal | Fault): error is Fault {
  return 'reference' in error;
}
