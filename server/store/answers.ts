import type { Answered } from '../domain/book.ts';
import { later, type Actor, type EpochMs, type RequestId } from '../domain/ids.ts';
import type { Reading, Writing } from './database.ts';

/** A request sent again within this time gets the answer it had. */
const ANSWERS_KEPT_MS = 24 * 3_600_000;

export async function readAnswers(trx: Reading, now: EpochMs): Promise<readonly [RequestId, Answered][]> {
  const rows = await trx.selectFrom('answer').selectAll().where('at', '>', later(now, -ANSWERS_KEPT_MS)).execute();
  return rows.map(({ request_id: id, actor, event, reply }) => [
    id as RequestId,
    { actor: actor as Actor, event, reply: JSON.parse(reply) as unknown },
  ]);
}

/** Deletes the answers that no book knows any more: a book keeps them for up to twice their time. */
export async function forgetAnswers(trx: Writing, now: EpochMs): Promise<void> {
  await trx
    .deleteFrom('answer')
    .where('at', '<', later(now, -2 * ANSWERS_KEPT_MS))
    .execute();
}
