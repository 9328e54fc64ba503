import type { Result } from '../../server/basics/result.ts';

/** The value of a result that has to be good. @throws Error with the refusal */
export function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}
