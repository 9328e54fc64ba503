import { err, ok } from '../basics/result.ts';
import { ticketById } from '../domain/book.ts';
import { later, type DeviceId } from '../domain/ids.ts';
import type { Commands } from './commands.ts';
import type { Office } from './office.ts';

type HallCommands = Pick<Commands, Extract<keyof Commands, `hall:${string}` | `display:${string}`>>;

const MINUTE_MS = 60_000;
/** The newest notices that are kept, ended or not. */
const NOTICES_KEPT = 30;

/** What staff do about the waiting area, and what its displays tell. */
export function hallCommands({ hall, ledger, now }: Office): HallCommands {
  const soon = (minutes: number) => later(now(), minutes * MINUTE_MS);
  return {
    'hall:settings': () => Promise.resolve(ok(hall.hall)),
    'hall:repeat': async ({ requestId, order }, { actor }) => {
      const book = ledger.committed;
      const ticket = book.recentCalls
        .map((id) => ticketById(book, id))
        .find((one) => one?.lastCall?.order === order && one.state.kind === 'called');
      if (!ticket?.lastCall) return err({ code: 'no-longer-called' });
      await hall.repeat(order, requestId, actor, { number: ticket.number, desk: ticket.lastCall.deskId });
      return ok(null);
    },
    'hall:silence': async ({ requestId, minutes }, { actor }) => {
      const silentUntil = minutes === null ? null : soon(minutes);
      await hall.change('silence', requestId, actor, (settings) => ({ ...settings, silentUntil }));
      return ok(null);
    },
    'hall:test-sound': ({ requestId }) => {
      hall.testSound(requestId);
      return Promise.resolve(ok(null));
    },
    'hall:notice': async ({ requestId, texts, minutes }, { actor }) => {
      const notice = { id: requestId, texts, until: soon(minutes) };
      await hall.change('notice', requestId, actor, (settings) => ({
        ...settings,
        notices: [...settings.notices, notice].slice(-NOTICES_KEPT),
      }));
      return ok(null);
    },
    'hall:end-notice': async ({ requestId, noticeId }, { actor }) => {
      await hall.change('notice', requestId, actor, (settings) => ({
        ...settings,
        notices: settings.notices.filter(({ id }) => id !== noticeId),
      }));
      return ok(null);
    },
    'hall:set-volume': async ({ requestId, volume }, { actor }) => {
      await hall.change('volume', requestId, actor, (settings) => ({ ...settings, volume }));
      return ok(null);
    },
    'hall:set-areas': async ({ requestId, areas }, { actor }) => {
      await hall.change('areas', requestId, actor, (settings) => ({ ...settings, areas }));
      return ok(null);
    },
    'hall:set-panel': async ({ requestId, deviceId, panel }, { actor }) => {
      await hall.change('panel', requestId, actor, (settings) => ({
        ...settings,
        panels: { ...settings.panels, [deviceId]: panel },
      }));
      return ok(null);
    },
    'hall:set-phone': async ({ requestId, phone }, { actor }) => {
      await hall.change('phone', requestId, actor, (settings) => ({ ...settings, phone }));
      return ok(null);
    },
    'display:report': ({ requestId: _, ...report }, { actor }) => {
      hall.tell(actor as string as DeviceId, report);
      return Promise.resolve(ok(null));
    },
  };
}
