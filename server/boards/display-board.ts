import type { DisplayBoard } from '../contract/boards.ts';
import { waitingCount } from '../domain/queue.ts';
import { callViews } from './calls.ts';
import { opening, stamp, type Moment } from './stamp.ts';
import { officeWait } from './waits.ts';

/** The call on the plate, the last five beside it, and those that wait to be announced when many call at once. */
const CALLS_SENT = 12;

/** What the waiting area sees: numbers and places, how many wait and how long. No service, need, note or name. */
export function displayBoard(moment: Moment): DisplayBoard {
  const { agency, names, notices, zone } = moment.plan.office;
  return {
    surface: 'display',
    zone,
    ...stamp(moment),
    agency,
    office: names,
    opening: opening(moment),
    calls: callViews(moment, CALLS_SENT),
    waiting: waitingCount(moment.book),
    wait: officeWait(moment),
    notices,
  };
}
