import { execFile } from 'node:child_process';
import type { BackupKeeper } from './backup-keeper.ts';
import type { DeviceId, EpochMs } from './domain/ids.ts';
import type { CheckFacts } from './domain/opening-check.ts';
import type { DeviceWatch } from './live/devices.ts';
import { hallState } from './live/hall-state.ts';
import { momentOf, type Office } from './live/office.ts';
import type { OfficeWatch } from './watch/office-watch.ts';

/** A printer that has not told by then has not told. */
const SLIP_WITHIN_MS = 20_000;
const MIB = 1024 * 1024;

interface Parts {
  readonly office: Office;
  readonly devices: DeviceWatch;
  readonly watch: OfficeWatch;
  readonly backups: BackupKeeper;
  /** All screens of the office, also those that have not been here since the start. */
  readonly paired: () => Promise<readonly { readonly id: DeviceId; readonly kind: 'kiosk' | 'display' }[]>;
}

/** Looks the office over, and prints a test slip. Nothing is judged here. */
export function openingLook({ office, devices, watch, backups, paired }: Parts) {
  return async (asked: { readonly clockAt: EpochMs; readonly roundTripMs: number }): Promise<CheckFacts> => {
    // Before anything is waited for: half of the way there and back lies behind the console's word.
    const clockAheadMs = Math.round(Date.now() - asked.clockAt - asked.roundTripMs / 2);
    const [slip, clockSynchronised, newestAt, opens, screens] = await Promise.all([
      testSlip(office),
      isSynchronised(),
      backups.newestAt(),
      backups.opensNewest(),
      paired(),
    ]);
    const count = (kind: 'kiosk' | 'display'): CheckFacts['displays'] => {
      const all = screens.filter((screen) => screen.kind === kind);
      return { known: all.length, connected: all.filter(({ id }) => devices.isHere(id)).length };
    };
    const { rows } = devices;
    const { displays } = hallState(office, momentOf(office), rows);
    const told = displays.filter(({ connected, report }) => connected && report !== null);
    const printer = rows.find(({ kind }) => kind === 'printer');
    const free = watch.disk.free;
    return {
      printer: office.paper.condition() === 'none' ? 'none' : (printer?.condition ?? 'disconnected'),
      slip,
      displays: count('display'),
      voices: { told: told.length, audible: told.filter(({ report }) => report?.sound === 'able').length },
      clockAheadMs,
      clockSynchronised,
      disk: { state: watch.disk.state, freeMiB: Number.isFinite(free) ? Math.floor(free / MIB) : null },
      backup: { ageMs: newestAt === null ? null : Math.max(0, Date.now() - newestAt), isOurs: backups.isOurs, opens },
      roundTripMs: asked.roundTripMs,
      kiosks: count('kiosk'),
    };
  };
}

async function testSlip({ paper, plan }: Office): Promise<CheckFacts['slip']> {
  if (paper.condition() === 'none') return 'none';
  const late = new Promise<{ readonly state: 'unknown' }>((resolve) => {
    setTimeout(() => resolve({ state: 'unknown' }), SLIP_WITHIN_MS).unref();
  });
  return (await Promise.race([paper.test('slip', plan()), late])).state;
}

/** Whether the machine's clock follows a time server, where the machine can say. */
function isSynchronised(): Promise<boolean | null> {
  return new Promise((resolve) => {
    execFile('timedatectl', ['show', '--property=NTPSynchronized', '--value'], { timeout: 2_000 }, (failed, stdout) => {
      const word = stdout.trim();
      resolve(failed || (word !== 'yes' && word !== 'no') ? null : word === 'yes');
    });
  });
}
