import type { AlarmKind } from '../domain/alarm.ts';
import type { Json } from '../domain/chain.ts';
import type { EpochMs, StaffId } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Reading, Writing } from './database.ts';
import { appendToJournal } from './journal.ts';

export interface Alarm {
  readonly id: string;
  readonly kind: AlarmKind;
  readonly at: EpochMs;
  readonly body: Readonly<Record<string, Json>>;
}

/** Writes an alarm down, with its line in the journal. */
export async function raiseAlarm(trx: Writing, { id, kind, at, body }: Alarm): Promise<readonly JournalLine[]> {
  await trx
    .insertInto('alarm')
    .values({
      ...{ id, kind, at: new Date(at).toISOString(), body: JSON.stringify(body) },
      ...{ acknowledged_at: null, acknowledged_by: null },
    })
    .execute();
  return appendToJournal(trx, [
    { kind: 'office.alarm', at, actor: 'system', ticket: null, body: { alarm: kind, alarmId: id } },
  ]);
}

/** A head has taken note. @returns its line; none when there is no such alarm, or somebody was first */
export async function acknowledgeAlarm(
  trx: Writing,
  id: string,
  by: { readonly actor: StaffId; readonly now: EpochMs },
): Promise<readonly JournalLine[]> {
  const { actor, now } = by;
  const row = await trx
    .updateTable('alarm')
    .set({ acknowledged_at: new Date(now).toISOString(), acknowledged_by: actor })
    .where('id', '=', id)
    .where('acknowledged_at', 'is', null)
    .returning('kind')
    .executeTakeFirst();
  if (!row) return [];
  const body = { alarm: row.kind, alarmId: id };
  return appendToJournal(trx, [{ kind: 'office.alarm-acknowledged', at: now, actor, ticket: null, body }]);
}

/** Those nobody has taken note of, the oldest first. */
export async function openAlarms(trx: Reading): Promise<readonly Alarm[]> {
  const rows = await trx.selectFrom('alarm').selectAll().where('acknowledged_at', 'is', null).orderBy('at').execute();
  return rows.map(({ id, kind, at, body }) => ({
    id,
    kind: kind as AlarmKind,
    at: Date.parse(at) as EpochMs,
    body: JSON.parse(body) as Alarm['body'],
  }));
}
