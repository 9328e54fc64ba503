import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { DeviceDoor } from './accounts/device-door.ts';
import { PairingDesk } from './accounts/pairing-desk.ts';
import { Closing } from './basics/closing.ts';
import { Outage } from './basics/outage.ts';
import { BackupKeeper } from './backup-keeper.ts';
import type { Config } from './config.ts';
import { dockRoutes } from './dock/dock-routes.ts';
import type { EpochMs } from './domain/ids.ts';
import { endsAt } from './failpoint.ts';
import { planOf } from './first-plan.ts';
import { deviceRoutes } from './http/device-routes.ts';
import { Doorway } from './http/doorway.ts';
import { guardRecords } from './guard-records.ts';
import { healthRoutes } from './http/health-routes.ts';
import { makeMetrics, serveMetrics, watchQueue } from './http/metrics.ts';
import { builtPages, isBuilt } from './http/pages.ts';
import { waitingRoutes } from './http/waiting-routes.ts';
import { PhoneDesk } from './http/phone-routes.ts';
import { router } from './http/router.ts';
import { voiceRoutes } from './http/voice-routes.ts';
import { commandsOf } from './live/commands.ts';
import { deskAnswers } from './live/desk-answers.ts';
import { deviceCommands } from './live/device-commands.ts';
import { DeviceWatch } from './live/devices.ts';
import { FirstSlips } from './live/first-slips.ts';
import { JournalLooks } from './live/journal-looks.ts';
import { keypadAnswers } from './live/keypad-answers.ts';
import type { Office } from './live/office.ts';
import { Once } from './live/once.ts';
import { PlanChanges } from './live/plan-changes.ts';
import { PhoneTokens } from './live/phone-tokens.ts';
import { printerAnswers } from './live/printer-answers.ts';
import { retentionAnswers } from './live/retention-answers.ts';
import { sealAnswers } from './live/seal-answers.ts';
import { settleOpenSlips } from './live/print-slip.ts';
import { safetyAnswers } from './live/safety-answers.ts';
import { openSockets } from './live/sockets.ts';
import { staffCommandsOf } from './live/staff-commands.ts';
import { keepTime } from './live/timers.ts';
import { tellStarted, watchBackups, watchOver } from './watching.ts';
import { officeSecret } from './office-secret.ts';
import { OfficeClock } from './office-clock.ts';
import { hearHall } from './live/hear-hall.ts';
import { openHall } from './open-hall.ts';
import { openKeypad } from './keypad-at-server.ts';
import { openingLook } from './opening-look.ts';
import { openPrinter, PRINTER_ID } from './printer-at-server.ts';
import { rollMemory } from './roll-memory.ts';
import { makeStaffSide } from './staff-side.ts';
import { hasSignInAccount } from './store/accounts.ts';
import { markBrought } from './store/fallback-store.ts';
import { Ledger } from './store/ledger.ts';
import { databaseAnswers, openStore } from './store/opening.ts';
import { currentPlan } from './store/plan-store.ts';

const TLS = { minVersion: 'TLSv1.2', honorCipherOrder: true } as const;
/** A client that sends its request slower than this is cut off, so that nobody can hold all places (milliseconds). */
const SLOWEST = { headersTimeout: 10_000, requestTimeout: 20_000 } as const;

/** A running server: how to reach it, and how to stop it. */
export interface Running {
  readonly url: string;
  readonly signInLink: string | null;
  /** The demonstration office: it has a dock, and pairs the screens of this machine by itself. */
  readonly demonstration: boolean;
  readonly close: () => Promise<void>;
}

interface Surroundings {
  readonly log: Logger;
  readonly dev: boolean;
}

/** Opens the office, or nothing of it: what was opened before something failed is closed again, so that a next try can begin. */
export async function startServer(config: Config, surroundings: Surroundings): Promise<Running> {
  const closing = new Closing();
  try {
    return await openOffice(config, surroundings, closing);
  } catch (cause) {
    await closing.close().catch((why: unknown) => surroundings.log.error({ cause: String(why) }, 'not all was closed'));
    throw cause;
  }
}

/** The composition root: makes every part once and gives each what it needs. */
async function openOffice(config: Config, { log, dev }: Surroundings, closing: Closing): Promise<Running> {
  if (!dev && !isBuilt(buildDir())) throw new Outage('the apps are not built: run "npm run build"');
  const clock = new OfficeClock();
  const now = clock.now;
  const afterwards = (work: Promise<void>): void => {
    work.catch((cause: unknown) => {
      log.error({ cause: String(cause) }, 'what follows a reply could not be done');
      if (!(cause instanceof Outage)) throw cause;
    });
  };
  const store = await openStore({ ...config, now });
  closing.add(() => store.close());
  if (store.restored) log.error(store.restored, 'the database was restored');
  let plan = await planOf(store, config, now);
  store.database.onWritten = () => afterwards(store.essentials.keep());
  await store.essentials.keep();
  if (!store.stoppedCleanly) await store.database.commit((trx) => markBrought(trx, now()));
  const ledger = new Ledger(store.database, store.audit, { now, plan: () => plan, newId: randomUUID });
  const onLines = (lines: Parameters<Ledger['follow']>[0]): Promise<void> => ledger.follow(lines);
  const watching = { config, store, ledger, now, onLines, log };
  const watch = watchOver(watching);
  ledger.onPassing = endsAt(config.failpoint);
  await ledger.open();
  closing.add(() => ledger.settle());

  const devices = new DeviceWatch(now);
  const roll = await rollMemory(store.database, PRINTER_ID, log);
  const { paper, virtual, stop: stopPrinter } = openPrinter(config.printer, { devices, roll, now: clock.now, log });
  closing.add(stopPrinter);
  const secret = await officeSecret(config.dataDir);
  const keypad = await openKeypad(config.keypad ?? (plan.office.demonstration ? 'virtual:' : 'hid:'), {
    ...{ database: store.database, now, onLines, devices, log },
  });
  closing.add(() => keypad.stop());
  const phones = new PhoneTokens(secret);
  let address = '';
  const publicUrl = (): string => config.publicUrl?.replace(/\/$/, '') ?? address;
  const { database } = store;
  const hallParts = await openHall({ config, database, ledger, phones, now, publicUrl, afterwards });
  const office: Office = {
    bootId: randomUUID(),
    ledger,
    now,
    plan: () => plan,
    paper,
    phones,
    ...hallParts,
    publicUrl,
    watch,
  };
  phones.learn(ledger.committed);

  const firstSlips = new FirstSlips(office, afterwards);
  const readPlan = async (): Promise<void> => {
    plan = (await store.database.read(currentPlan)) ?? plan;
  };
  const plans = new PlanChanges({ database: store.database, now, plan: () => plan, readPlan, onLines });
  // Links, sessions and guesses live by real time, also while a demonstration sets the office's clock forward.
  const keeping = { database: store.database, now: () => Date.now() as EpochMs, plan: () => plan, onLines };
  let cutSessions: (sessions: readonly string[]) => void = () => undefined;
  const staff = await makeStaffSide({
    ...{ ...keeping, config, secret, publicUrl: office.publicUrl, onPeople: readPlan },
    onEnded: (sessions) => cutSessions(sessions),
  });
  const doors = { staff: staff.door, devices: new DeviceDoor(keeping) };
  const pairing = new PairingDesk(keeping.now);
  const once = new Once(keeping.now);
  const looks = new JournalLooks(store.database, now);
  const backups = new BackupKeeper({ config, database, onLines, now, log, watch });
  const commands = commandsOf(office, firstSlips, afterwards, {
    ...safetyAnswers({
      ...{ office, database, onLines, once, plans, afterwards, watch, backups, newId: randomUUID },
      look: openingLook({ office, devices, watch, backups, paired: () => doors.devices.list() }),
    }),
    ...deskAnswers(office, store.database, plans),
    ...deviceCommands({
      ...{ door: doors.devices, pairing, watch: devices, once },
      cut: (device) => sockets.endDevice(device),
    }),
    ...sealAnswers(office, { database: store.database, once, afterwards, looks }),
    ...retentionAnswers(office, { database: store.database, plans }),
    ...once.guardAll(printerAnswers(office, { afterwards, database: store.database, plans, onLines })),
    ...once.guardAll(staffCommandsOf(office, staff.office)),
    ...once.guardAll(keypadAnswers(keypad.port, doors.devices)),
  });

  const secure = config.tls !== null || (config.publicUrl?.startsWith('https:') ?? false);
  const http = config.tls
    ? createSecureServer({ ...TLS, cert: await readFile(config.tls.cert), key: await readFile(config.tls.key) })
    : createServer();
  Object.assign(http, SLOWEST);
  const port = await listening(http, config);
  closing.add(() => {
    http.closeAllConnections();
    http.close();
  });
  address = `${config.tls ? 'https' : 'http'}://localhost:${port}`;
  const doorway = new Doorway(config, port);
  const metrics = makeMetrics();
  watchQueue(metrics, office);
  const sockets = openSockets(http, {
    ...{ office, commands, doors, doorway, devices, log, counts: metrics.counts, secure },
    jackAt: keypad.port.jackAt,
  });
  closing.add(() => sockets.close());
  keypad.onPress = sockets.press;
  cutSessions = (sessions) => sessions.forEach(sockets.endSession);
  const phoneDesk = new PhoneDesk(office, commands);
  closing.add(() => phoneDesk.close());
  const ask = (): void => {
    sockets.boards.ask();
    phoneDesk.ask();
  };
  ledger.onCommitted = (book, lines) => {
    phones.follow(book, lines);
    guarding.follow(lines);
    ask();
    office.phoneRegister.onCommitted(book, lines);
  };
  const guarding = guardRecords({
    database: store.database,
    dataDir: config.dataDir,
    now,
    realNow: keeping.now,
    plan: () => plan,
    onLines,
    looks,
    log,
  });
  const onClock = (): void => {
    ask();
    guarding.look();
  };
  devices.onChange = () => {
    keypad.lookAround();
    sockets.boards.askAboutDevices();
  };
  hearHall(office, devices, sockets.boards);
  watch.onChange = ask;
  let ready = false;
  const answerHttp = router({
    doorway,
    secure,
    trustProxy: config.trustProxy,
    now: keeping.now,
    log,
    routes: [
      ...healthRoutes({
        office,
        devices,
        databaseAnswers: () => databaseAnswers(store.database),
        isReady: () => ready,
        watch,
        stoppedCleanly: store.stoppedCleanly,
      }),
      ...staff.routes({ office, secure, log }),
      ...deviceRoutes({ door: doors.devices, pairing, plan: () => plan, secure, trustProxy: config.trustProxy }),
      ...voiceRoutes(voiceFolders(config.dataDir)),
      ...phoneDesk.routes,
      ...waitingRoutes(office),
      ...(plan.office.demonstration ? dockRoutes({ virtual, keypad: keypad.virtual, clock, onClock }) : []),
    ],
    otherwise: dev ? await (await import('./dev-pages.ts')).developmentPages(http) : builtPages(buildDir()),
  });
  http.on('request', (request, response) => {
    if (!(request.url ?? '').startsWith('/socket.io/')) answerHttp(request, response);
  });
  if (config.metricsPort !== null) {
    const metricsServer = await serveMetrics(metrics, config.metricsPort);
    closing.add(() => metricsServer.close());
  }
  await settleOpenSlips(office);
  firstSlips.sendMissed();
  closing.add(keepTime(office, ask, log));
  backups.start();
  closing.add(() => backups.stop());
  closing.add(() => guarding.stop());
  afterwards(guarding.start());
  closing.add(watchBackups(watch, backups));
  await tellStarted(watching, office.bootId);
  closing.add(() => watch.stop());
  await watch.start();
  ready = true;
  closing.add(() => (ready = false));

  const needsFirst = !(await store.database.read((trx) => hasSignInAccount(trx, config.outside !== null)));
  const signInLink = needsFirst
    ? `${office.publicUrl()}/console/#${await staff.invitations.firstAccountToken()}`
    : null;
  return { url: address, signInLink, demonstration: plan.office.demonstration, close: () => closing.close() };
}

/** The office's own recordings go before those of the house. */
function voiceFolders(dataDir: string): Parameters<typeof voiceRoutes>[0] {
  return [
    (language) => join(dataDir, 'clips', language),
    (language) => join(import.meta.dirname, '../locales', language, 'clips'),
  ];
}

function listening(http: ReturnType<typeof createServer>, { host, port }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', (cause) => reject(new Outage(`cannot listen on ${host}:${port}: ${cause.message}`, { cause })));
    http.listen(port, host, () => {
      const address = http.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function buildDir(): string {
  return join(import.meta.dirname, '..', 'build');
}
