import { PostgresDialect } from 'kysely';
import { Outage } from '../basics/outage.ts';
import { orOutage } from './outages.ts';

const CONNECTIONS = 4;
/** A network that swallows everything answers nobody; and a connection that died unseen is noticed. */
const REACHED = { connectionTimeoutMillis: 5_000, keepAlive: true } as const;

/** Kysely over PostgreSQL, in the schema of one office. An office on the embedded file never loads the driver. */
export function postgresDialect(url: string, office: string): PostgresDialect {
  const pool = async () => {
    const { default: pg } = await import('pg');
    pg.types.setTypeParser(pg.types.builtins.INT8, Number);
    const connections = new pg.Pool({
      connectionString: url,
      ...REACHED,
      max: CONNECTIONS,
      options: `-c search_path=${schemaName(office)}`,
    });
    // A connection lost while nobody used it: the next user gets a new one, or an outage.
    connections.on('error', () => undefined);
    return connections;
  };
  return new PostgresDialect({ pool });
}

/**
 * The right to serve an office, for one process at a time: an advisory lock on a connection of its own. When the
 * connection is lost so is the right to write, and the process ends: a standby may have the lock already.
 *
 * @returns gives the right back
 * @throws Outage when another process has it, or the database does not answer
 */
export async function lockOffice(url: string, office: string): Promise<() => Promise<void>> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, ...REACHED });
  await orOutage(client.connect());
  client.on('error', (cause) => {
    throw new Outage(`the right to serve the office "${office}" was lost`, { cause });
  });
  const { rows } = await orOutage(
    client.query<{ taken: boolean }>('select pg_try_advisory_lock(hashtext($1)) as taken', [`infolett/${office}`]),
  );
  if (rows[0]?.taken !== true) {
    await client.end();
    throw new Outage(`another process serves the office "${office}"`);
  }
  await orOutage(client.query(`create schema if not exists ${schemaName(office)}`));
  return () => client.end();
}

function schemaName(office: string): string {
  return `"${office.replaceAll('"', '')}"`;
}
