import type { BringList, PhoneBoard } from '../contract/boards.ts';
import { estimateWait } from '../domain/estimate.ts';
import { callsIn, type Hall } from '../domain/hall.ts';
import { needById, serviceById } from '../domain/need.ts';
import { placesAhead } from '../domain/queue.ts';
import type { Ticket } from '../domain/ticket.ts';
import { placeView } from './calls.ts';
import { stamp, type Moment } from './stamp.ts';

/** What one visitor's phone shows. */
export function phoneBoard(moment: Moment, ticket: Ticket, hall: Hall): PhoneBoard {
  const { book, plan } = moment;
  const { agency, names, waitingPlace, zone } = plan.office;
  const { planVersion: _, ...stamped } = stamp(moment);
  const { state, number, language, callBy } = ticket;
  const service = serviceById(plan, ticket.serviceId);
  const guarded = service?.privacy !== 'ordinary';
  const called = state.kind === 'called' || state.kind === 'serving' ? state : null;
  const waiting = state.kind === 'waiting' ? state : null;
  return {
    surface: 'phone',
    zone,
    ...stamped,
    agency,
    office: names,
    number,
    language,
    state: state.kind === 'closed' ? 'gone' : state.kind,
    place: called ? placeView(plan, called.deskId) : null,
    calledAt: called?.since ?? null,
    ahead: waiting ? placesAhead(book, waiting.queueId, ticket) : 0,
    wait: waiting && service ? estimateWait(book, plan, service, ticket) : null,
    callBy,
    keptUntil: state.kind === 'parked' ? state.until : null,
    moreTimes: waiting ? moreTimes(ticket, hall) : 0,
    waitingPlace,
    area: areaOf(ticket, hall),
    guarded,
    bring: guarded ? [] : bringList(moment, ticket),
  };
}

/** The papers for what the visitor came for. */
export function bringList({ plan }: Pick<Moment, 'plan'>, { needId }: Ticket): BringList {
  const need = needId === null ? undefined : needById(plan, needId);
  return (need?.bring ?? []).flatMap(({ paperId, when }) => {
    const paper = plan.papers.find(({ id }) => id === paperId);
    return paper ? [{ names: paper.names, when }] : [];
  });
}

function moreTimes({ steppedBack = 0 }: Ticket, { phone }: Hall): number {
  return phone.acts === 'none' ? 0 : Math.max(0, phone.moreTimeAtMost - steppedBack);
}

function areaOf({ state, serviceId }: Ticket, { areas }: Hall): PhoneBoard['area'] {
  const goesTo = state.kind === 'called' || state.kind === 'serving' ? state.deskId : null;
  const area = areas.find((one) => (goesTo === null ? one.serviceIds.includes(serviceId) : callsIn(one, goesTo)));
  return area?.names ?? null;
}
