import type { Book } from './book.ts';
import type { DeskState } from './desk-state.ts';
import type { Actor, DeskId, ServiceId } from './ids.ts';
import type { Language } from './language.ts';
import type { Desk, Plan, Specialist } from './plan.ts';

/** A desk with a specialist at it: only such a desk can call. */
export interface StaffedDesk {
  readonly desk: DeskState;
  readonly specialist: Specialist;
}

export function deskById(plan: Plan, deskId: DeskId): Desk | undefined {
  return plan.desks.find(({ id }) => id === deskId);
}

/** The desk a member of staff sits at. */
export function deskOf(book: Book, actor: Actor): DeskState | undefined {
  return book.desks.find(({ staffId }) => staffId === actor);
}

/** Desks where somebody sits, paused ones included. */
export function staffedDesks(book: Book, plan: Plan): readonly StaffedDesk[] {
  return [...book.desks.values()].flatMap((desk) => {
    const specialist = plan.specialists.find(({ id }) => id === desk.staffId);
    return specialist ? [{ desk, specialist }] : [];
  });
}

export function openDesks(book: Book, plan: Plan): readonly StaffedDesk[] {
  return staffedDesks(book, plan).filter(({ desk }) => desk.pause === null);
}

export function canServeService({ specialist }: StaffedDesk, serviceId: ServiceId): boolean {
  return specialist.services.includes(serviceId);
}

/**
 * Whether a visitor for this service needs an interpreter: no specialist who could call them speaks the language. Asked
 * of the open desks that can serve it; while none is open, of all specialists who can.
 */
export function needsInterpreter(book: Book, plan: Plan, serviceId: ServiceId, language: Language): boolean {
  const open = openDesks(book, plan).filter((staffed) => canServeService(staffed, serviceId));
  const skilled =
    open.length > 0
      ? open.map(({ specialist }) => specialist)
      : plan.specialists.filter(({ services }) => services.includes(serviceId));
  return skilled.length > 0 && !skilled.some(({ languages }) => languages.includes(language));
}
