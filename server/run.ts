import { pino, type Logger } from 'pino';
import { Outage } from './basics/outage.ts';
import { BadSetting, readConfig } from './config.ts';
import { openWhenPossible } from './open-when-possible.ts';
import { startServer, type Running } from './start.ts';
import { DatabaseBehind } from './store/opening.ts';
import { Supervisor } from './supervisor.ts';

/** An orderly stop may take this long before the process ends anyway (milliseconds). */
const STOP_WITHIN_MS = 10_000;

/** Starts the office for good: reads the settings, prints the addresses, stops on a signal. */
export async function run(environment: NodeJS.ProcessEnv, options: readonly string[]): Promise<void> {
  try {
    const config = readConfig(environment);
    const log = pino({ level: config.logLevel, base: null }, pino.destination({ dest: 1, sync: true }));
    process.on('uncaughtException', (cause) => fatal(log, cause));
    const supervisor = new Supervisor(environment, log);
    const ended = new AbortController();
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => ended.abort());
    const open = (): Promise<Running> => startServer(config, { log, dev: options.includes('--dev') });
    const running = await openWhenPossible(open, config, { log, supervisor, ended: ended.signal });
    const stop = (): void => {
      supervisor.stopping();
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      void running.close().then(() => process.exit(0));
    };
    if (ended.signal.aborted) {
      stop(); // it was told while it opened
      return;
    }
    ended.signal.addEventListener('abort', stop, { once: true });
    tellAddresses(running);
    supervisor.ready();
  } catch (cause) {
    if (!(cause instanceof BadSetting || cause instanceof Outage || cause instanceof DatabaseBehind)) throw cause;
    process.stderr.write(`Infolett cannot start: ${cause.message}\n`);
    process.exit(1);
  }
}

function tellAddresses({ url, signInLink, demonstration }: Running): void {
  const lines = [
    '',
    `Kiosk     ${url}/`,
    `Display   ${url}/display`,
    ...(signInLink === null
      ? [`Console   ${url}/console/`]
      : ['Console   the link below makes the first account; it works once, for 15 minutes']),
    ...(demonstration
      ? [
          `Dock      ${url}/dock`,
          'Screens on this machine are let in by themselves, for this is a demonstration; any other shows a code for the console',
        ]
      : ['A new screen shows a code; the head lets it in at the console']),
    ...(signInLink === null ? [] : [signInLink]),
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Whatever is thrown past everybody is a bug: it is written down, and the supervisor starts a clean process. */
function fatal(log: Logger, cause: unknown): never {
  log.fatal(
    { cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) },
    'a bug ended the server',
  );
  process.exit(1);
}
