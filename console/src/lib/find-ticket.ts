import type { Answer } from '#contract/events.ts';
import type { ClosedRow, CurrentTicket, DeskBoard, DeskRow, ParkedRow, WaitingRow } from '#contract/boards.ts';

/** A ticket found by its number, and where it is. Another desk's visitor is known only as a number. */
export type FoundTicket =
  | { readonly where: 'waiting'; readonly number: string; readonly row: WaitingRow }
  | { readonly where: 'parked'; readonly number: string; readonly row: ParkedRow }
  | { readonly where: 'here'; readonly number: string; readonly row: CurrentTicket }
  | { readonly where: 'desk'; readonly number: string; readonly desk: DeskRow }
  | { readonly where: 'closed'; readonly number: string; readonly row: ClosedRow }
  /** Not on the board: the office was asked. */
  | { readonly where: 'asked'; readonly number: string; readonly found: Answer<'ticket:find'>[number] };

/** Cyrillic letters that look like the Latin ones on the slip. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  Х: 'X',
};

/** Every ticket of the board whose number fits what was typed: `k42`, `42`, `К042` all find `K042`. */
export function findTickets(board: DeskBoard, typed: string): readonly FoundTicket[] {
  const fits = matcher(typed);
  if (!fits) return [];
  const here = board.current;
  const all: readonly FoundTicket[] = [
    ...(here ? [{ where: 'here', number: here.number, row: here } as const] : []),
    ...board.waiting.map((row) => ({ where: 'waiting', number: row.number, row }) as const),
    ...board.parked.map((row) => ({ where: 'parked', number: row.number, row }) as const),
    ...board.desks.flatMap((desk) =>
      desk.number === null || desk.deskId === board.me.deskId
        ? []
        : [{ where: 'desk', number: desk.number, desk } as const],
    ),
    ...board.closed.map((row) => ({ where: 'closed', number: row.number, row }) as const),
  ];
  return all.filter(({ number }) => fits(number));
}

/** The letters and digits of a number as somebody types it, in Latin capitals; `null`: this is no number. */
export function partsOf(typed: string): { readonly letters: string; readonly digits: string } | null {
  const latin = [...typed.toUpperCase().replace(/\s/g, '')].map((sign) => LOOKALIKES[sign] ?? sign).join('');
  const groups = /^(?<letters>\p{L}*)(?<digits>\d*)$/u.exec(latin)?.groups;
  if (!groups || latin === '') return null;
  const { letters = '', digits = '' } = groups;
  return { letters, digits };
}

/** What the board knows and, behind it, what only the office knew. */
export function withAsked(
  board: readonly FoundTicket[],
  asked: Answer<'ticket:find'>,
  typed: string,
): readonly FoundTicket[] {
  const fits = matcher(typed);
  const known = new Set(board.map(({ number }) => number));
  const others = asked.filter(({ number }) => !known.has(number) && (fits?.(number) ?? false));
  return [...board, ...others.map((found) => ({ where: 'asked', number: found.number, found }) as const)];
}

function matcher(typed: string): ((number: string) => boolean) | null {
  const parts = partsOf(typed);
  if (!parts) return null;
  const { letters, digits } = parts;
  return (number) => {
    if (!number.startsWith(letters)) return false;
    const own = number.replace(/\D/g, '');
    return own.startsWith(digits) || own.replace(/^0+/, '').startsWith(digits);
  };
}
