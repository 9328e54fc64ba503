import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { demonstrationPlan } from '../../server/content/demonstration.ts';
import { SqliteConnection } from '../../server/store/sqlite-connection.ts';
import { until } from '../support/waiting.ts';
import { mustHold, Skipped, type Fault } from './fault.ts';
import { inOffice, type TriedOffice } from './tried-office.ts';
import type { WitnessedKiosk } from './witnessed-clients.ts';

/** Room for the office and a few hundred visitors, and no more. */
const DISK = '24m';
const FAILING_DISK_BYTES = 96 * 1024 * 1024;
const VISITORS = 40;
const LOCKED_MS = 10_000;
const BACK_WITHIN_MS = 60_000;

/** F3: the disk fills up while visitors press; then there is room again. */
export const fullDisk: Fault = {
  name: 'disk-full',
  of: 'F3',
  says: `the data folder on a tmpfs of ${DISK} that runs full, and has room again`,
  run: () =>
    onSmallDisk((parent) =>
      inOffice({ desks: 1, kiosks: 2, displays: 1, parent }, async (office) => {
        const kiosk = office.kiosk();
        const desk = await office.desk();
        for (let i = 0; i < VISITORS; i++) await kiosk.take();
        const { bootId } = await office.process.health();
        const filler = fillDisk(parent);
        let refused = 0;
        const late: Promise<string>[] = [];
        for (let i = 0; i < 400 && refused < 3; i++) {
          const id = crypto.randomUUID();
          if ((await kiosk.takeOnce(id)) !== null) continue;
          refused += 1;
          late.push(office.kiosk(1).take('papers.submit', crypto.randomUUID()));
        }
        mustHold(refused > 0, 'the full disk stopped nobody');
        mustHold((await office.process.health()).bootId === bootId, 'the server ended on a full disk');
        rmSync(filler);
        const numbers = await Promise.all(late);
        await kiosk.take();
        await desk.callNext();
        mustHold((await office.process.health()).bootId === bootId, 'the server had to start anew');
        await office.checkState(desk);
        await office.check();
        return [
          `${refused} presses had no number while the disk was full; ${numbers.length} got theirs once there was room`,
        ];
      }),
    ),
};

/** F4: the disk is read-only when the server starts: a page stands in for it, and it opens by itself with the disk. */
export const readOnlyDisk: Fault = {
  name: 'disk-read-only',
  of: 'F4',
  says: 'the data folder is read-only at the start; then it can be written again',
  run: () =>
    onSmallDisk((parent) =>
      inOffice({ desks: 1, kiosks: 1, displays: 0, parent }, async (office) => {
        const kiosk = office.kiosk();
        const first = await kiosk.take();
        await office.process.kill();
        mount(['-o', 'remount,ro', parent]);
        office.process.launch();
        const { pid } = office.process;
        await until(
          'a page stands in',
          async () => (await healthOf(office))?.disk?.state === 'read-only',
          BACK_WITHIN_MS,
        );
        const page = await (await fetch(office.process.url)).text();
        const { fallback } = demonstrationPlan().office;
        for (const words of Object.values(fallback)) mustHold(page.includes(words), `the page does not say: ${words}`);
        mount(['-o', 'remount,rw', parent]);
        await until('the office opens', async () => (await healthOf(office))?.ok === true, BACK_WITHIN_MS);
        mustHold(office.process.isRunning && office.process.pid === pid, 'somebody had to start it');
        const second = await kiosk.take();
        mustHold(second > first, `${second} came after ${first}`);
        await office.check();
        return ["a page stood in with the office's words, and the same process opened when the disk was well"];
      }),
    ),
};

/** F4: the disk turns read-only under the running server, as the system does after an error of the disk. */
export const diskTurnsReadOnly: Fault = {
  name: 'disk-turns-ro',
  of: 'F4',
  says: 'the disk turns read-only under the running server; later it is repaired and the server started',
  run: () =>
    onFailingDisk((parent, disk) =>
      inOffice({ desks: 1, kiosks: 1, displays: 0, parent }, async (office) => {
        const kiosk = office.kiosk();
        await office.desk();
        const first = await kiosk.take();
        const { bootId } = await office.process.health();
        disk.fail();
        mustHold((await kiosk.takeOnce(crypto.randomUUID())) === null, 'a number was given that is on no disk');
        await until(
          'the office knows',
          async () => (await healthOf(office))?.disk?.state === 'read-only',
          BACK_WITHIN_MS,
        );
        await until('the kiosk gives no numbers', () => !isIssuing(kiosk), BACK_WITHIN_MS);
        mustHold((await office.process.health()).bootId === bootId, 'the server ended on a read-only disk');
        await office.process.kill();
        disk.repair();
        await office.process.start();
        const second = await kiosk.take();
        mustHold(second > first, `${second} came after ${first}`);
        await office.check();
        return ['no number was given, kiosk and staff were told, the same process went on until somebody ended it'];
      }),
    ),
};

function isIssuing({ board }: WitnessedKiosk): boolean {
  return board?.surface === 'kiosk' && board.issuing;
}

interface Health {
  readonly ok: boolean;
  readonly disk?: { readonly state: string };
}

async function healthOf(office: TriedOffice): Promise<Health | null> {
  return fetch(`${office.process.url}/healthz`)
    .then(async (response) => (await response.json()) as Health)
    .catch(() => null);
}

/** F6: another process holds the database for ten seconds, as a careless backup tool does. */
export const lockedDatabase: Fault = {
  name: 'locked',
  of: 'F6',
  says: `another process locks the database for ${LOCKED_MS / 1000} s while visitors press`,
  run: (trial) =>
    inOffice({ desks: 1, kiosks: 4, displays: 0 }, async (office) => {
      const kiosks = [0, 1, 2, 3].map((i) => office.kiosk(i));
      await kiosks[0]?.take();
      const { bootId } = await office.process.health();
      const other = await SqliteConnection.open(join(office.process.dataDir, 'office.sqlite'), 'read-write');
      await other.exec('begin immediate');
      const presses = kiosks.map((kiosk) => kiosk.take());
      let answered = 0;
      for (const press of presses) void press.then(() => (answered += 1));
      await new Promise((resolve) => setTimeout(resolve, LOCKED_MS * (trial.isWhole ? 1 : 0.2)));
      mustHold(answered === 0, 'a number was given while nothing could be stored');
      await other.exec('rollback');
      await other.close();
      const numbers = await Promise.all(presses);
      mustHold(
        new Set(numbers).size === kiosks.length,
        `not every visitor has a number of their own: ${numbers.join()}`,
      );
      mustHold((await office.process.health()).bootId === bootId, 'the server did not live through it');
      await office.check();
      return [`${numbers.length} visitors waited and got one number each`];
    }),
};

/** Takes every byte that is left. @returns the file to delete again */
function fillDisk(folder: string): string {
  const path = join(folder, 'filler');
  const file = openSync(path, 'w');
  const chunk = Buffer.alloc(64 * 1024, 1);
  for (;;) {
    const { bavail, bsize } = statfsSync(folder);
    const left = Math.min(chunk.length, bavail * bsize);
    if (left === 0) break;
    try {
      if (writeSync(file, chunk, 0, left) === 0) break;
    } catch {
      break;
    }
  }
  closeSync(file);
  return path;
}

/** A disk of its own, small, for as long as the trial lasts. @throws Skipped where nobody may mount one */
async function onSmallDisk<T>(trial: (folder: string) => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0)
    throw new Skipped('a small disk needs root: run it as root, in a container for instance');
  const folder = mkdtempSync(join(tmpdir(), 'infolett-disk-'));
  mkdirSync(folder, { recursive: true });
  mount(['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', folder]);
  try {
    return await trial(folder);
  } finally {
    spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A disk of its own that can be made to fail: the system then lets nobody write on it. @throws Skipped */
async function onFailingDisk<T>(
  trial: (folder: string, disk: { readonly fail: () => void; readonly repair: () => void }) => Promise<T>,
): Promise<T> {
  if (process.getuid?.() !== 0) throw new Skipped('a disk that fails needs root');
  const image = join(mkdtempSync(join(tmpdir(), 'infolett-image-')), 'disk');
  const folder = mkdtempSync(join(tmpdir(), 'infolett-disk-'));
  writeFileSync(image, '');
  truncateSync(image, FAILING_DISK_BYTES);
  if (spawnSync('mkfs.ext4', ['-q', '-F', image]).status !== 0) throw new Skipped('mkfs.ext4 is not installed here');
  const mountIt = (): void => mount(['-o', 'loop,errors=remount-ro', image, folder]);
  mountIt();
  try {
    return await trial(folder, {
      fail: () => mount(['-o', 'remount,abort', folder]),
      repair: () => {
        spawnSync('umount', [folder]);
        mountIt();
      },
    });
  } finally {
    spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
    rmSync(dirname(image), { recursive: true, force: true });
  }
}

function mount(args: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Skipped(`this machine does not let us mount a small disk: ${stderr.trim()}`);
}
