import type { ConsoleContent, KioskContent } from '../contract/content.ts';
import type { Plan } from '../domain/plan.ts';

/** What the public screens may know of a plan: no desks, no people, no promises. */
export function kioskContent(plan: Plan): KioskContent {
  const { agency, names, demonstration, zone, hours, waitingPlace, closedHelp, fallback, takesBookings } = plan.office;
  return {
    version: plan.version,
    office: { agency, names, demonstration, zone, hours, waitingPlace, closedHelp, fallback, takesBookings },
    services: plan.services.map(({ id, names: texts, privacy }) => ({ id, names: texts, privacy })),
    needs: plan.needs.map(({ meanServiceMs: _, ...need }) => need),
    papers: plan.papers,
    organisations: plan.organisations,
  };
}

/** What staff may know of a plan. */
export function consoleContent(plan: Plan): ConsoleContent {
  const { rules, classes, services, needs, desks, specialists } = plan;
  return { ...kioskContent(plan), rules, classes, services, needs, desks, specialists };
}
