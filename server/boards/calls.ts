import type { CallView, PlaceView } from '../contract/boards.ts';
import { ticketById } from '../domain/book.ts';
import type { DeskId } from '../domain/ids.ts';
import type { Plan } from '../domain/plan.ts';
import { deskById } from '../domain/staffing.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Moment } from './stamp.ts';

const NEVER_REPEATED: ReadonlyMap<number, number> = new Map();

/**
 * The newest calls as everybody may see them, newest first.
 *
 * @param only calls to which desks; all unless said otherwise
 */
export function callViews(
  { book, plan }: Moment,
  atMost: number,
  repeats = NEVER_REPEATED,
  only: (deskId: DeskId) => boolean = () => true,
): readonly CallView[] {
  return book.recentCalls
    .flatMap((id) => callView(plan, ticketById(book, id), repeats) ?? [])
    .filter(({ place }) => only(place.deskId))
    .slice(0, atMost);
}

export function placeView(plan: Plan, deskId: DeskId): PlaceView {
  const desk = deskById(plan, deskId);
  return { deskId, kind: desk?.kind ?? 'desk', number: desk?.number ?? '' };
}

function callView(plan: Plan, ticket: Ticket | undefined, repeats: ReadonlyMap<number, number>): CallView | null {
  if (!ticket?.lastCall) return null;
  const { number, language, state, assistance, lastCall } = ticket;
  return {
    order: lastCall.order,
    number,
    place: placeView(plan, lastCall.deskId),
    language,
    at: lastCall.at,
    times: state.kind === 'called' ? state.calls : 1,
    manner: assistance.includes('fetch') ? 'fetched' : assistance.includes('visual-only') ? 'shown' : 'spoken',
    long: assistance.length > 0,
    current: state.kind === 'called',
    repeats: repeats.get(lastCall.order) ?? 0,
  };
}
