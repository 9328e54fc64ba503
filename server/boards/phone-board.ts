import type { PhoneBoard } from '../contract/boards.ts';
import { estimateWait } from '../domain/estimate.ts';
import { needById, serviceById } from '../domain/need.ts';
import { placesAhead } from '../domain/queue.ts';
import type { Ticket } from '../domain/ticket.ts';
import { placeView } from './calls.ts';
import { stamp, type Moment } from './stamp.ts';

/** What one visitor's phone shows. */
export function phoneBoard(moment: Moment, ticket: Ticket): PhoneBoard {
  const { book, plan } = moment;
  const { agency, names, waitingPlace, zone } = plan.office;
  const { planVersion: _, ...stamped } = stamp(moment);
  const { state, number, language, callBy } = ticket;
  const service = serviceById(plan, ticket.serviceId);
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
    service: service?.names ?? { et: '', en: '', ru: '' },
    state: state.kind === 'closed' ? 'gone' : state.kind,
    place: called ? placeView(plan, called.deskId) : null,
    calledAt: called?.since ?? null,
    ahead: waiting ? placesAhead(book, waiting.queueId, ticket) : 0,
    wait: waiting && service ? estimateWait(book, plan, service, ticket) : null,
    callBy,
    keptUntil: state.kind === 'parked' ? state.until : null,
    waitingPlace,
    bring: bringList(moment, ticket),
  };
}

function bringList({ plan }: Moment, { needId }: Ticket): PhoneBoard['bring'] {
  const need = needId === null ? undefined : needById(plan, needId);
  return (need?.bring ?? []).flatMap(({ paperId, when }) => {
    const paper = plan.papers.find(({ id }) => id === paperId);
    return paper ? [{ names: paper.names, when }] : [];
  });
}
