import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ASSURANCE, type OutsideSettings } from './accounts/outside-sign-in.ts';
import { failpointNamed, type ArmedFailpoint } from './failpoint.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const file = z.string().min(1);

/** Every setting of the process. What is not here is the office's own data and edited in the console. */
const SETTINGS = z.strictObject({
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: file.default('data'),
  TZ: z.string().min(1).default('Europe/Tallinn'),
  BACKUP_DIR: file.optional(),
  BACKUP_KEY: file.optional(),
  BACKUP_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 02:30')
    .default('02:30'),
  BACKUP_KEEP_DAYS: z.coerce.number().int().min(1).max(3650).default(30),
  RESERVE_MIB: z.coerce.number().int().min(0).max(65_536).default(64),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  OFFICE: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,30}$/, 'a small letter, then small letters, digits and _')
    .default('office'),
  PRINTER: z.string().min(1).default('virtual:'),
  KEYPAD: z.enum(['virtual:', 'hid:', 'none:']).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TLS_CERT: file.optional(),
  TLS_KEY: file.optional(),
  TRUST_PROXY: z.stringbool().default(false),
  METRICS_PORT: port.optional(),
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET_FILE: file.optional(),
  OIDC_SCOPE: z
    .string()
    .regex(/^openid( |$)/, 'begins with openid')
    .default('openid'),
  OIDC_ACR: z.enum(ASSURANCE).default('high'),
  OIDC_NAME: z.string().min(1).max(30).default('TARA'),
  CHROMIUM_PATH: file.optional(),
  PUSH_SERVICES: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  FAILPOINT: z.string().optional(),
});

type Settings = z.output<typeof SETTINGS>;

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly dataDir: string;
  readonly zone: string;
  /** Where backups go, and the file with the key that seals them. Absolute paths. */
  readonly backups: { readonly dir: string; readonly keyFile: string };
  /** When the nightly backup is made (`HH:MM`, local time), and how many days backups are kept. */
  readonly backupAt: string;
  readonly backupKeepDays: number;
  /** Set aside on the data disk, so that calling goes on when it is full (bytes). */
  readonly reserveBytes: number;
  readonly databaseUrl: string | null;
  /** The PostgreSQL schema of this office. */
  readonly office: string;
  readonly printer: string;
  /** Where the accessible keypad is; `null`: virtual in the demonstration office, otherwise whatever is plugged in. */
  readonly keypad: Settings['KEYPAD'] | null;
  /** Where visitors' phones reach this office; `null`: the address the server listens on. */
  readonly publicUrl: string | null;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly trustProxy: boolean;
  /** `null`: no metrics. Always on the loopback address. */
  readonly metricsPort: number | null;
  /** Sign-in at an outside identity provider; `null`: none. */
  readonly outside: OutsideSettings | null;
  readonly logLevel: Settings['LOG_LEVEL'];
  /** Hosts of the push services that phones may name, those under them included; `null`: the known ones. */
  readonly pushServices: readonly string[] | null;
  /** Where this process ends itself; only in a test run. */
  readonly failpoint: ArmedFailpoint | null;
}

/** A setting that cannot be used; the message names it and says why. */
export class BadSetting extends Error {}

/**
 * Reads and checks all settings: environment variables, and below them one JSON file named by `CONFIG`.
 *
 * @throws BadSetting
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const names = Object.keys(SETTINGS.shape);
  const given = Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const parsed = SETTINGS.safeParse({ ...fromFile(environment.CONFIG), ...given });
  if (!parsed.success) throw new BadSetting(parsed.error.issues.map(told).join('; '));
  return configOf(parsed.data, environment.NODE_ENV === 'test');
}

function configOf(settings: Settings, isTestRun: boolean): Config {
  const { TLS_CERT: cert, TLS_KEY: key } = settings;
  if ((cert === undefined) !== (key === undefined)) throw new BadSetting('TLS_CERT and TLS_KEY belong together');
  return {
    port: settings.PORT,
    host: settings.HOST,
    dataDir: resolve(settings.DATA_DIR),
    zone: checkedZone(settings.TZ),
    backups: {
      dir: resolve(settings.BACKUP_DIR ?? join(settings.DATA_DIR, 'backups')),
      keyFile: resolve(settings.BACKUP_KEY ?? join(homedir(), '.config', 'infolett', 'backup.key')),
    },
    backupAt: settings.BACKUP_AT,
    backupKeepDays: settings.BACKUP_KEEP_DAYS,
    reserveBytes: settings.RESERVE_MIB * 1024 * 1024,
    databaseUrl: settings.DATABASE_URL ?? null,
    office: settings.OFFICE,
    printer: settings.PRINTER,
    keypad: settings.KEYPAD ?? null,
    publicUrl: settings.PUBLIC_URL ?? null,
    tls: cert !== undefined && key !== undefined ? { cert, key } : null,
    trustProxy: settings.TRUST_PROXY,
    metricsPort: settings.METRICS_PORT ?? null,
    outside: outsideOf(settings),
    logLevel: settings.LOG_LEVEL,
    pushServices: settings.PUSH_SERVICES?.split(',').map((name) => name.trim()) ?? null,
    failpoint: checkedFailpoint(settings.FAILPOINT, isTestRun),
  };
}

function checkedFailpoint(text: string | undefined, isTestRun: boolean): ArmedFailpoint | null {
  if (text === undefined) return null;
  if (!isTestRun)
    throw new BadSetting('FAILPOINT ends the server on purpose: it is for test runs only (NODE_ENV=test)');
  const armed = failpointNamed(text);
  if (!armed) throw new BadSetting(`FAILPOINT: there is no point "${text}"`);
  return armed;
}

function outsideOf(settings: Settings): OutsideSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_SCOPE: scope, OIDC_ACR: acr, OIDC_NAME: name } = settings;
  if (issuer === undefined) return null;
  const clientSecret = settings.OIDC_CLIENT_SECRET ?? secretIn(settings.OIDC_CLIENT_SECRET_FILE);
  if (clientId === undefined || clientSecret === null) {
    throw new BadSetting('OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET or OIDC_CLIENT_SECRET_FILE');
  }
  if (settings.PUBLIC_URL === undefined) {
    throw new BadSetting('OIDC_ISSUER needs PUBLIC_URL: the provider sends people back there');
  }
  return { issuer: new URL(issuer), clientId, clientSecret, scope, acr, name };
}

function secretIn(path: string | undefined): string | null {
  if (path === undefined) return null;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new BadSetting(`OIDC_CLIENT_SECRET_FILE: ${path} cannot be read (${String(cause)})`);
  }
}

function checkedZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new BadSetting(`TZ: "${zone}" is not a known time zone`);
  }
}

function fromFile(path: string | undefined): object {
  if (path === undefined || path === '') return {};
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof content === 'object' && content !== null) return content;
  } catch (cause) {
    throw new BadSetting(`CONFIG: ${path} cannot be read as JSON (${String(cause)})`);
  }
  throw new BadSetting(`CONFIG: ${path} must hold one JSON object`);
}

function told({ path, message, code }: z.core.$ZodIssue): string {
  const name = path.join('.');
  return code === 'unrecognized_keys' ? `CONFIG: ${message}` : `${name}: ${message}`;
}
