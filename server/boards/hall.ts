import type { AreaView, HallSound, WaitRange } from '../contract/boards.ts';
import { queuesOfArea, silenceEnd, volumeAt, type Area, type Hall } from '../domain/hall.ts';
import { lineLength } from '../domain/line.ts';
import { lineOf } from '../domain/queue.ts';
import type { Moment } from './stamp.ts';
import { longestWait } from './waits.ts';

/** What staff settled and asked of the hall: settings, and what lasts only as long as the server runs. */
export interface HallNow {
  readonly hall: Hall;
  /** How often staff had a call said once more, by its order. */
  readonly repeats: ReadonlyMap<number, number>;
  readonly soundTests: number;
}

export function soundView({ hall, soundTests }: HallNow, { now, plan }: Moment): HallSound {
  return {
    percent: volumeAt(hall, now, plan.office.zone),
    silentUntil: silenceEnd(hall, now),
    tests: soundTests,
  };
}

export function areaView(moment: Moment, area: Area): AreaView {
  return { areaId: area.id, names: area.names, waiting: waitingIn(moment, area), wait: waitIn(moment, area) };
}

export function waitingIn({ book, plan }: Moment, area: Area): number {
  return queuesOfArea(area, plan).reduce((sum, queueId) => sum + lineLength(lineOf(book, queueId)), 0);
}

/** The wait in the area's longest queue; `null` when no desk is open for it. */
export function waitIn(moment: Moment, { serviceIds }: Area): WaitRange | null {
  return longestWait(
    moment,
    moment.plan.services.filter(({ id }) => serviceIds.includes(id)),
  );
}
