import type { DeviceWatch } from '../live/devices.ts';
import type { Office } from '../live/office.ts';
import type { OfficeWatch } from '../watch/office-watch.ts';
import { send, type Route } from './router.ts';

const MIB = 1024 * 1024;

interface Parts {
  readonly office: Office;
  readonly devices: DeviceWatch;
  readonly databaseAnswers: () => Promise<boolean>;
  readonly isReady: () => boolean;
  readonly watch: Pick<OfficeWatch, 'disk' | 'loop' | 'rows' | 'mayIssue'>;
  /** The server before this one. */
  readonly stoppedCleanly: boolean;
}

/** For supervisors: whether the office is alive, and whether it takes visitors. */
export function healthRoutes({
  office,
  devices,
  databaseAnswers,
  isReady,
  watch,
  stoppedCleanly,
}: Parts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: /^\/healthz$/,
      handle: async ({ response }) => {
        const database = await databaseAnswers();
        const known = devices.rows.map(({ kind, name, state, condition }) => ({ kind, name, state, condition }));
        const { disk, loop, rows, mayIssue } = watch;
        const audit = rows.every(({ kind }) => kind !== 'audit-behind');
        const ok = database && mayIssue && audit;
        const body = {
          ok,
          bootId: office.bootId,
          revision: office.ledger.committed.seq,
          database: database ? 'ok' : 'not-answering',
          devices: known,
          issuing: database && mayIssue,
          disk: { state: disk.state, freeMiB: Number.isFinite(disk.free) ? Math.floor(disk.free / MIB) : null },
          audit: audit ? 'ok' : 'behind',
          eventLoop: { lagMs: loop.lagMs, slow: loop.isSlow },
          alarms: rows.map(({ kind, since, alarmId }) => ({ kind, since, acknowledge: alarmId !== null })),
          stoppedCleanly: stoppedCleanly,
        };
        send(response, ok ? 200 : 503, body);
      },
    },
    {
      method: 'GET',
      path: /^\/readyz$/,
      handle: ({ response }) => send(response, isReady() ? 200 : 503, { ready: isReady() }),
    },
  ];
}
