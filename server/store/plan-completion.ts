import type { Texts } from '../domain/language.ts';
import type { Office, OfficeRules, Service } from '../domain/plan.ts';
import { USUAL_RETENTION } from '../domain/retention.ts';
import type { PlanDocument } from './plan-store.ts';

/** What an office has not set yet because its plan was saved before there was such a setting. */
const NEWER_RULES: Pick<OfficeRules, 'autoCallAfterMs' | 'resolutionRequired'> = {
  autoCallAfterMs: 10_000,
  resolutionRequired: false,
};

/** Where an office has not said what else a visitor can do. */
const USUAL_FALLBACK: Texts = {
  et: 'Palun pöörduge infoletti. Seal antakse teile number.',
  en: 'Please go to the information desk. You will get a number there.',
  ru: 'Пожалуйста, обратитесь к информационной стойке. Там вам дадут номер.',
};

type Saved = Omit<PlanDocument, 'office' | 'classes' | 'services' | 'retention'> & {
  readonly office: Omit<Office, 'fallback'> & Partial<Pick<Office, 'fallback'>>;
  readonly retention?: PlanDocument['retention'];
  readonly classes?: PlanDocument['classes'];
  readonly services: readonly (Omit<Service, 'ownPromises'> & Partial<Pick<Service, 'ownPromises'>>)[];
};

/** A saved plan, whenever it was saved, as the plan is today. */
export function completed(body: string): PlanDocument {
  // Written by `savePlan` of this version or an earlier one, which lacked what is completed here.
  const saved = JSON.parse(body) as Saved;
  const services = saved.services.map((one): Service => ({ ...one, ownPromises: one.ownPromises ?? {} }));
  return {
    ...saved,
    office: { ...saved.office, fallback: saved.office.fallback ?? USUAL_FALLBACK },
    retention: saved.retention ?? USUAL_RETENTION,
    classes: saved.classes ?? [],
    services,
    rules: { ...NEWER_RULES, ...saved.rules },
  };
}
