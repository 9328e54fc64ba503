import { err, ok, type Result } from '../basics/result.ts';
import { openingAt } from './hours.ts';
import type { EpochMs, NeedId, ServiceId } from './ids.ts';
import type { Need, Plan, Privacy, Service } from './plan.ts';
import type { Refusal } from './refusal.ts';

export function needById(plan: Plan, needId: NeedId): Need | undefined {
  return plan.needs.find(({ id }) => id === needId);
}

export function serviceById(plan: Plan, serviceId: ServiceId): Service | undefined {
  return plan.services.find(({ id }) => id === serviceId);
}

/** The service a visitor with this need takes a number for. Topics are not yet a need: they only lead to some. */
export function serviceForNeed(plan: Plan, needId: NeedId, now: EpochMs): Result<Service, Refusal> {
  const need = needById(plan, needId);
  if (!need || need.kind === 'topic') return err({ code: 'unknown-need' });
  return openService(plan, need.serviceId, now);
}

/** A service that gives out numbers now. */
export function openService(plan: Plan, serviceId: ServiceId, now: EpochMs): Result<Service, Refusal> {
  const service = serviceById(plan, serviceId);
  if (!service) return err({ code: 'unknown-service' });
  const { open, opensAt } = serviceOpening(plan, service, now);
  return open ? ok(service) : err({ code: 'service-closed', opensAt });
}

/** Open only while both the office and the service are, and not closed to new visitors. */
export function serviceOpening(
  plan: Plan,
  service: Service,
  now: EpochMs,
): { readonly open: boolean; readonly opensAt: EpochMs | null } {
  const { zone, hours } = plan.office;
  const office = openingAt(hours, now, zone);
  const own = service.hours ? openingAt(service.hours, now, zone) : office;
  if (service.closedToNew) return { open: false, opensAt: null };
  if (office.open && own.open) return { open: true, opensAt: null };
  const opens = [office, own].flatMap(({ open, changesAt }) => (open || changesAt === null ? [] : [changesAt]));
  return { open: false, opensAt: opens.length > 0 ? (Math.max(...opens) as EpochMs) : null };
}

/** What paper may carry: the list of what to bring only when neither the need nor the service is sensitive or discreet. */
export function paperMayList(need: Need | undefined, service: Service): boolean {
  return need?.privacy === 'ordinary' && service.privacy === 'ordinary';
}

const STRICTNESS: readonly Privacy[] = ['ordinary', 'sensitive', 'discreet'];

export function strictest(...privacies: readonly Privacy[]): Privacy {
  return STRICTNESS[Math.max(...privacies.map((privacy) => STRICTNESS.indexOf(privacy)))] ?? 'discreet';
}
