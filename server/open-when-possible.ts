import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { Outage } from './basics/outage.ts';
import type { Config } from './config.ts';
import { standIn } from './stand-in.ts';
import { metAtDisk } from './store/disk-faults.ts';
import { diskTakes } from './store/restoring.ts';
import type { Supervisor } from './supervisor.ts';

const TRY_EVERY_MS = 3_000;

/**
 * Opens the office; while the disk takes nothing, a page stands in for it and the disk is tried again, so that nobody has
 * to come and start anything when it is well. Every other reason not to open is thrown.
 */
export async function openWhenPossible<T>(
  open: () => Promise<T>,
  config: Pick<Config, 'dataDir' | 'host' | 'port' | 'tls'>,
  { log, supervisor, ended }: { readonly log: Logger; readonly supervisor: Supervisor; readonly ended: AbortSignal },
): Promise<T> {
  const isOver = (): boolean => ended.aborted;
  for (;;) {
    try {
      return await open();
    } catch (cause) {
      const why = metAtDisk(cause);
      if (!(cause instanceof Outage) || why === 'nothing' || isOver()) throw cause;
      if (why === 'full' && (await released(config.dataDir))) continue;
      if (await takes(config.dataDir)) throw cause; // not the disk: a setting or a right, which no waiting mends
      log.fatal({ why, cause: String(cause) }, 'the disk takes nothing: a page stands in for the office');
      supervisor.waiting(`the disk is ${why}: a page stands in for the office`);
      const page = await standIn(config, why);
      while (!isOver() && !(await takes(config.dataDir))) {
        await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
      }
      await page.close();
      if (isOver()) throw cause;
      log.info('the disk takes writes again');
    }
  }
}

/** What was set aside is for opening too. @returns whether there was anything */
function released(dataDir: string): Promise<boolean> {
  return rm(join(dataDir, 'reserve')).then(
    () => true,
    () => false,
  );
}

function takes(dataDir: string): Promise<boolean> {
  return diskTakes(dataDir).then(
    () => true,
    () => false,
  );
}
