import { z } from 'zod';
import type { Role } from '../roles.ts';
import type { HelpId, RequestId, TicketId } from '../../domain/ids.ts';
import { LANGUAGES } from '../../domain/language.ts';

/** A string of 1 to 64 characters that names something of the office. */
export function id<T extends string>() {
  return z
    .string()
    .min(1)
    .max(64)
    .transform((text) => text as T);
}

export const ticketId = z.uuid().transform((text) => text as TicketId);
export const helpId = z.uuid().transform((text) => text as HelpId);
export const requestId = z.uuid().transform((text) => text as RequestId);
/** Every request has an id, made once by whoever asks: sent again, it is the same request. */
export const asked = { requestId };
/** A request about a known ticket names the version the screen showed; a stale one is refused, not executed. */
export const seen = { requestId, ticketId, version: z.int().positive() };
export const language = z.enum(LANGUAGES);
/** At most 500 characters; control characters are refused, so that nothing typed can reach paper or a log as a command. */
export const note = z
  .string()
  .max(500)
  .regex(/^[^\p{Cc}]*$|^[^\p{Cc}\n]*(\n[^\p{Cc}\n]*)*$/u);
/**
 * A name somebody goes by among colleagues, trimmed. Nothing that cannot be seen or that turns the letters around it: two
 * people of one name, or a person without any, would look like somebody else on a list.
 */
export function shownName(atMost: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(atMost)
    .regex(/^[^\p{C}]*$/u);
}
/** The reply of a request that has nothing to tell but that it was done. */
export const done = z.null();

/** Who works with visitors. */
export const staff: readonly Role[] = ['specialist', 'head'];
/** Who keeps the office's devices and people. */
export const heads: readonly Role[] = ['head', 'admin'];
