import { soundView } from '../boards/hall.ts';
import type { Moment } from '../boards/stamp.ts';
import type { DeviceRow, HallState } from '../contract/boards.ts';
import { liveNotices } from '../domain/hall.ts';
import type { Office } from './office.ts';

/** The hall as staff see it: what its displays tell of themselves, how loud it is, what it is told. */
export function hallState({ hall }: Office, moment: Moment, devices: readonly DeviceRow[]): HallState {
  const displays = devices.flatMap(({ deviceId, kind, name, state }) => {
    if (kind !== 'display') return [];
    const { areaId, ...panel } = hall.panelFor(deviceId, null);
    return [{ deviceId, name, connected: state !== 'trouble', areaId, panel }];
  });
  return {
    version: hall.hall.version,
    sound: soundView(hall.now, moment),
    notices: liveNotices(hall.hall, moment.now),
    displays: hall.displayRows(displays),
  };
}
