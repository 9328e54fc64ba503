import type { Plan, Specialist } from '../domain/plan.ts';
import classes from './demonstration/classes.json' with { type: 'json' };
import desks from './demonstration/desks.json' with { type: 'json' };
import needs from './demonstration/needs.json' with { type: 'json' };
import office from './demonstration/office.json' with { type: 'json' };
import organisations from './demonstration/organisations.json' with { type: 'json' };
import papers from './demonstration/papers.json' with { type: 'json' };
import retention from './demonstration/retention.json' with { type: 'json' };
import rules from './demonstration/rules.json' with { type: 'json' };
import services from './demonstration/services.json' with { type: 'json' };
import staff from './demonstration/staff.json' with { type: 'json' };

/** A simulated colleague of the demonstration office. */
export interface DemonstrationStaff extends Specialist {
  readonly username: string;
  readonly role: 'specialist' | 'head';
}

/**
 * The demonstration office: a regional office open around the clock, with six desks of different skills and languages.
 * Modelled on public information; not a publication of the agency. A test checks the data against the plan's laws.
 */
export function demonstrationPlan(): Omit<Plan, 'version' | 'specialists'> {
  // The files are checked by tests/unit/server/content; JSON cannot carry the branded ids.
  return { office, rules, retention, classes, services, needs, papers, organisations, desks } as unknown as Omit<
    Plan,
    'version' | 'specialists'
  >;
}

export function demonstrationStaff(): readonly DemonstrationStaff[] {
  return staff as unknown as readonly DemonstrationStaff[];
}
