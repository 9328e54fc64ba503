import type { SignInRules } from '../domain/sign-in-rules.ts';
import type { Reading, Writing } from './database.ts';

/** The office's own rules of signing in; `null` while it keeps to the usual ones. */
export async function readSignInRules(trx: Reading): Promise<SignInRules | null> {
  const row = await trx.selectFrom('sign_in_rules').select('body').executeTakeFirst();
  return row ? (JSON.parse(row.body) as SignInRules) : null;
}

export async function putSignInRules(trx: Writing, rules: SignInRules): Promise<void> {
  await trx.deleteFrom('sign_in_rules').execute();
  await trx
    .insertInto('sign_in_rules')
    .values({ id: 1, body: JSON.stringify(rules) })
    .execute();
}
