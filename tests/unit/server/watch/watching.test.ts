import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Outage } from '../../../../server/basics/outage.ts';
import type { EpochMs, StaffId } from '../../../../server/domain/ids.ts';
import { ClockWatch } from '../../../../server/watch/clock-watch.ts';
import { DiskWatch } from '../../../../server/watch/disk-watch.ts';
import { OfficeWatch } from '../../../../server/watch/office-watch.ts';
import { LedgerOffice } from '../../../support/ledgers.ts';

const MIB = 1024 * 1024;
const error = (code: string): Outage => new Outage(code, { cause: Object.assign(new Error(code), { code }) });

describe('the disk', () => {
  let folder: string;
  let disk: DiskWatch;
  const reserve = (): Promise<number> =>
    stat(join(folder, 'reserve')).then(
      ({ size }) => size,
      () => 0,
    );

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'infolett-disk-'));
    disk = new DiskWatch(folder, MIB);
  });
  afterEach(async () => {
    await disk.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('holds its reserve, written out', async () => {
    await disk.look();
    expect(disk.state).toBe('ok');
    expect(await reserve()).toBe(MIB);
    expect((await stat(join(folder, 'reserve'))).blocks * 512).toBeGreaterThanOrEqual(MIB);
  });

  test.each(['SQLITE_FULL', 'ENOSPC', 'EDQUOT'])(
    'that is full (%s) stops new numbers at once, and goes on when there is room',
    async (code) => {
      await disk.look();
      const states: string[] = [];
      disk.onChange = (state) => states.push(state);
      disk.met(error(code));
      expect(disk.mayIssue).toBe(false); // before anything is awaited
      await disk.look();
      expect(states[0]).toBe('full');
      expect(disk.state).toBe('ok'); // this disk has room: the reserve is back, no restart was needed
      expect(await reserve()).toBe(MIB);
    },
  );

  test('that cannot be written stops new numbers, and goes on when it can', async () => {
    disk.met(error('EROFS'));
    expect(disk.state).toBe('read-only');
    await disk.look();
    expect(disk.mayIssue).toBe(true);
  });

  test('has nothing to do with a lock, a bug or a lost connection', () => {
    for (const code of ['SQLITE_BUSY', 'SQLITE_CONSTRAINT', 'ECONNRESET']) disk.met(error(code));
    disk.met(new TypeError('x is undefined'));
    expect(disk.state).toBe('ok');
  });
});

test('a clock that is set is told, forward and back; one that drifts is not', () => {
  let wall = 1_000_000;
  let steady = 5_000;
  const steps: number[] = [];
  const clock = new ClockWatch(
    () => wall,
    () => steady,
  );
  clock.onStep = (byMs) => steps.push(byMs);
  const pass = (ms: number, stepMs = 0): void => {
    steady += ms;
    wall += ms + stepMs;
    clock.look();
  };
  for (let i = 0; i < 100; i++) pass(1_000, 20);
  pass(1_000, 3_600_000);
  pass(1_000);
  pass(1_000, -86_400_000);
  pass(60_000); // the process stood still; both clocks went on
  expect(steps).toEqual([3_600_000, -86_400_000]);
});

describe('what is not as it should be with the office', () => {
  let office: LedgerOffice;
  let watch: OfficeWatch;
  const damaged: unknown[] = [];

  beforeEach(async () => {
    office = await LedgerOffice.open();
    damaged.length = 0;
    watch = new OfficeWatch({
      database: office.store.database,
      dataDir: office.place.dataDir,
      reserveBytes: MIB,
      now: () => office.now as EpochMs,
      onLines: office.ledger.follow.bind(office.ledger),
      log: pino({ level: 'silent' }),
      onDamage: (cause) => damaged.push(cause),
    });
    await watch.start();
  });
  afterEach(async () => {
    await watch.stop();
    await office.remove();
  });

  test('an alarm stands on every console until a head has taken note, also over a restart', async () => {
    await watch.raise('clock-jumped', { byMs: 3_600_000 });
    expect(watch.rows).toMatchObject([{ kind: 'clock-jumped', body: { byMs: 3_600_000 } }]);
    await watch.stop();
    await watch.start();
    const [row] = watch.rows;
    await watch.acknowledge(row?.alarmId ?? '', 'head-1' as StaffId);
    expect(watch.rows).toEqual([]);
    const kinds = (await office.lines()).map(({ kind }) => kind);
    expect(kinds).toEqual(['office.alarm', 'office.alarm-acknowledged']);
  });

  test('a condition goes by itself', () => {
    watch.commitFailed(error('SQLITE_BUSY'));
    expect(watch.rows).toMatchObject([{ kind: 'database-busy', alarmId: null }]);
    watch.committed();
    watch.auditFault(error('ENOSPC'));
    expect(watch.rows.map(({ kind }) => kind)).toEqual(['disk-full', 'audit-behind']);
    expect(watch.mayIssue).toBe(false);
    watch.auditCaughtUp();
    watch.backup(null, true);
    expect(watch.rows.map(({ kind }) => kind)).toEqual(['disk-full', 'backup-old']);
    expect(damaged).toEqual([]);
  });

  test('a damaged database is no condition: the process ends and the next start restores', () => {
    watch.commitFailed(error('SQLITE_CORRUPT'));
    expect(damaged).toHaveLength(1);
  });
});
