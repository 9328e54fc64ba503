import type { DialectName } from './database.ts';

/**
 * The group's statements, one prepared text per table and dialect: all rows travel as one JSON parameter, so the text is
 * the same for one row and for five hundred. The only SQL in the product that is not built by Kysely.
 */
export type GroupTable = keyof typeof COLUMNS;

type ColumnType = 'text' | 'integer' | 'bigint';

const COLUMNS = {
  ticket: {
    id: 'text',
    number: 'text',
    day: 'text',
    issue_order: 'integer',
    service_id: 'text',
    state_kind: 'text',
    closed_on: 'text',
    call_order: 'integer',
    version: 'integer',
    body: 'text',
  },
  ticket_details: { ticket_id: 'text', need_id: 'text', class_id: 'text', note: 'text' },
  series: { letter: 'text', day: 'text', last: 'integer' },
  desk_state: { id: 'text', body: 'text' },
  help_call: { id: 'text', body: 'text' },
  slip: { ticket_id: 'text', state: 'text', body: 'text' },
  answer: { request_id: 'text', at: 'bigint', actor: 'text', event: 'text', reply: 'text' },
  journal: {
    seq: 'bigint',
    at: 'text',
    kind: 'text',
    ticket: 'text',
    actor: 'text',
    body: 'text',
    prev_hash: 'text',
    hash: 'text',
  },
} as const satisfies Record<string, Readonly<Record<string, ColumnType>>>;

/**
 * Tables whose rows are replaced, and by which key; journal lines are only ever added. An answer is replaced when its
 * request comes again after it was forgotten: whatever a client sends, it is no broken rule of the database.
 */
const REPLACED_BY: Partial<Record<GroupTable, string>> = {
  ticket: 'id',
  ticket_details: 'ticket_id',
  series: 'letter',
  desk_state: 'id',
  help_call: 'id',
  slip: 'ticket_id',
  answer: 'request_id',
};

const texts = new Map<string, string>();

export function groupInserts(table: GroupTable, dialect: DialectName): string {
  const key = `${dialect}/${table}`;
  const text = texts.get(key) ?? `${insertOf(table, dialect)}${conflictOf(table)}`;
  texts.set(key, text);
  return text;
}

function insertOf(table: GroupTable, dialect: DialectName): string {
  const columns = Object.entries<ColumnType>(COLUMNS[table]);
  const names = columns.map(([name]) => `"${name}"`).join(', ');
  if (dialect === 'postgres') {
    const typed = columns.map(([name, type]) => `"${name}" ${type}`).join(', ');
    return `insert into "${table}" (${names}) select ${names} from jsonb_to_recordset($1::jsonb) as row(${typed})`;
  }
  const values = columns.map(([name]) => `json_extract(value, '$.${name}')`).join(', ');
  return `insert into "${table}" (${names}) select ${values} from json_each(?) where true`;
}

function conflictOf(table: GroupTable): string {
  const key = REPLACED_BY[table];
  if (key === undefined) return '';
  const set = Object.keys(COLUMNS[table])
    .filter((name) => name !== key)
    .map((name) => `"${name}" = excluded."${name}"`)
    .join(', ');
  const onlyNewer = table === 'ticket' ? ' where ticket.version < excluded.version' : '';
  return ` on conflict ("${key}") do update set ${set}${onlyNewer}`;
}
