import type { DisplayReport } from '../contract/boards.ts';
import type { BoardsOut } from './boards-out.ts';
import type { DeviceWatch } from './devices.ts';
import type { Office } from './office.ts';

/** Changes of the hall reach its displays; what these tell of themselves reaches staff, a voice that cannot be heard too. */
export function hearHall({ hall }: Office, devices: DeviceWatch, boards: BoardsOut): void {
  hall.onChange = () => boards.hallChanged();
  hall.onReport = (deviceId, report) => {
    devices.voice(deviceId, conditionOf(report));
    boards.askConsoles();
  };
}

/** A word the locales know (`device.<condition>`). */
function conditionOf({ sound, test }: DisplayReport): string {
  if (sound === 'blocked') return 'sound-blocked';
  if (sound === 'absent') return 'sound-absent';
  return sound === 'failed' || (test?.missing ?? 0) > 0 ? 'sound-failed' : 'ok';
}
