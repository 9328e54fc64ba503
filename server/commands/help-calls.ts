import { err, ok, type Result } from '../basics/result.ts';
import type { Book } from '../domain/book.ts';
import type { Asked, At, Change } from '../domain/change.ts';
import type { HelpCall } from '../domain/help.ts';
import { lasted, type DeviceId, type HelpId, type StaffId } from '../domain/ids.ts';
import type { Entry, JournalKind } from '../domain/journal.ts';
import type { Language } from '../domain/language.ts';
import type { Refusal } from '../domain/refusal.ts';

/** A visitor at a kiosk asks for a person. While one is already asked for there, nothing more happens. */
export function callForHelp(
  book: Book,
  { language }: Asked & { readonly language: Language },
  at: At,
): Result<Change<null>, Refusal> {
  const deviceId = at.actor as DeviceId;
  if (helpAt(book, deviceId)) return ok({ entries: [], reply: null });
  const id = at.freshId as HelpId;
  const call: HelpCall = { id, deviceId, language, since: at.now, answeredBy: null };
  return ok({ help: [{ id, call }], entries: [helpEntry('help.called', call, at)], reply: null });
}

/** The visitor no longer needs a person. */
export function cancelHelp(book: Book, _: Asked, at: At): Result<Change<null>, Refusal> {
  const call = helpAt(book, at.actor as DeviceId);
  if (!call) return ok({ entries: [], reply: null });
  return ok({ help: [{ id: call.id, call: null }], entries: [helpEntry('help.ended', call, at)], reply: null });
}

interface AboutHelp extends Asked {
  readonly helpId: HelpId;
}

/** A member of staff goes to the visitor. The first to answer goes; answering again changes nothing. */
export function answerHelp(book: Book, { helpId }: AboutHelp, at: At): Result<Change<null>, Refusal> {
  const call = book.help.get(helpId);
  if (!call) return err({ code: 'unknown-ticket' });
  if (call.answeredBy !== null) return ok({ entries: [], reply: null });
  const answered = { ...call, answeredBy: at.actor as StaffId };
  return ok({
    help: [{ id: helpId, call: answered }],
    entries: [helpEntry('help.answered', answered, at, { waitedMs: lasted(call.since, at.now) })],
    reply: null,
  });
}

/** The visitor has been helped. */
export function endHelp(book: Book, { helpId }: AboutHelp, at: At): Result<Change<null>, Refusal> {
  const call = book.help.get(helpId);
  if (!call) return ok({ entries: [], reply: null });
  return ok({ help: [{ id: helpId, call: null }], entries: [helpEntry('help.ended', call, at)], reply: null });
}

/** The call for help that is open at a kiosk. */
export function helpAt(book: Book, deviceId: DeviceId): HelpCall | undefined {
  return book.help.find((call) => call.deviceId === deviceId);
}

function helpEntry(
  kind: JournalKind,
  { deviceId, language }: HelpCall,
  { now, actor }: At,
  body: Entry['body'] = {},
): Entry {
  return { kind, at: now, actor, ticket: null, body: { device: deviceId, language, ...body } };
}
