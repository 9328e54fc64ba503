import type { DisplayBoard } from '../contract/boards.ts';
import { areaById, callsIn, liveNotices, type Panel } from '../domain/hall.ts';
import { waitingCount } from '../domain/queue.ts';
import { callViews } from './calls.ts';
import { areaView, soundView, waitIn, waitingIn, type HallNow } from './hall.ts';
import { opening, stamp, type Moment } from './stamp.ts';
import { officeWait } from './waits.ts';

/** The call on the plate, the last five beside it, and those that wait to be announced when many call at once. */
const CALLS_SENT = 12;

/** What the waiting area sees: numbers and places, how many wait and how long. No service, need, note or name. */
export function displayBoard(moment: Moment, now: HallNow, { areaId, diagonalInches, distanceM }: Panel): DisplayBoard {
  const { agency, names, notices, zone } = moment.plan.office;
  const { hall, repeats } = now;
  const area = areaById(hall, areaId);
  return {
    surface: 'display',
    zone,
    ...stamp(moment),
    agency,
    office: names,
    opening: opening(moment),
    calls: callViews(moment, CALLS_SENT, repeats, (deskId) => callsIn(area, deskId)),
    waiting: area ? waitingIn(moment, area) : waitingCount(moment.book),
    wait: area ? waitIn(moment, area) : officeWait(moment),
    area: area?.names ?? null,
    areas: area || hall.areas.length < 2 ? [] : hall.areas.map((one) => areaView(moment, one)),
    notices: [...liveNotices(hall, moment.now).map(({ texts }) => texts), ...notices],
    sound: soundView(now, moment),
    panel: { diagonalInches, distanceM },
  };
}
