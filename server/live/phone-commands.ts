import { err, ok, type Result } from '../basics/result.ts';
import { bringList } from '../boards/phone-board.ts';
import { leaveQueue, stepBack } from '../commands/phone-acts.ts';
import { ticketById } from '../domain/book.ts';
import type { Actor, TicketId } from '../domain/ids.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Commands } from './commands.ts';
import type { Office } from './office.ts';

type PhoneCommands = Pick<Commands, Extract<keyof Commands, `phone:${string}`>>;

/** What a visitor does from the phone. The actor is the ticket itself, from the token in the address. */
export function phoneCommands({ hall, ledger, plan, phoneRegister: register }: Office): PhoneCommands {
  const rules = () => hall.hall.phone;

  async function mayAct(actor: Actor, key: string): Promise<Result<TicketId, Refusal>> {
    const ticketId = actor as string as TicketId;
    if (rules().acts === 'none') return err({ code: 'not-offered' });
    return (await register.holds(ticketId, key, rules())) ? ok(ticketId) : err({ code: 'other-phone' });
  }

  return {
    'phone:hold': async ({ key }, { actor }) => {
      const holds = await register.holds(actor as string as TicketId, key, rules());
      const pushKey = holds && rules().messages ? await register.port.publicKey() : null;
      const ticket = holds && ticketById(ledger.committed, actor as string as TicketId);
      return ok({ holds, pushKey, bring: ticket ? [...bringList({ plan: plan() }, ticket)] : [] });
    },
    'phone:withdraw': async ({ requestId, key }, { actor }) => {
      const own = await mayAct(actor, key);
      if (!own.ok) return own;
      const asked = { requestId, ticketId: own.value };
      const done = await ledger.carryOut('phone:withdraw', leaveQueue, asked, actor);
      return done.ok ? ok(done.value.reply) : done;
    },
    'phone:more-time': async ({ requestId, key }, { actor }) => {
      const own = await mayAct(actor, key);
      if (!own.ok) return own;
      const asked = { requestId, ticketId: own.value, atMost: rules().moreTimeAtMost };
      const done = await ledger.carryOut('phone:more-time', stepBack, asked, actor);
      return done.ok ? ok(done.value.reply) : done;
    },
    'phone:follow': async ({ key, language, endpoint, keys }, { actor }) => {
      const own = await mayAct(actor, key);
      if (!own.ok) return own;
      // The look at who holds it may have waited for the database, and the ticket may be closed by now.
      const isOpen = ledger.committed.open.has(own.value);
      const offered = rules().messages && isOpen && (await register.follow(own.value, { endpoint, keys, language }));
      return offered ? ok(null) : err({ code: 'not-offered' });
    },
    'phone:unfollow': async ({ key, endpoint }, { actor }) => {
      const own = await mayAct(actor, key);
      if (!own.ok) return own;
      await register.unfollow(own.value, endpoint);
      return ok(null);
    },
  };
}
