import type { KioskBoard, ServiceLoad } from '#contract/boards.ts';
import type { KioskContent } from '#contract/content.ts';
import type { Need } from './visit.ts';

/** Offered to whoever does not know what to choose, also one step further down. */
const UNSURE = 'unsure';
const APPOINTMENT = 'appointment';

export function topicsOf({ needs }: KioskContent): readonly Need[] {
  return needs.filter(({ kind }) => kind === 'topic');
}

export function leavesOf({ needs }: KioskContent, topicId: Need['id']): readonly Need[] {
  return needs.filter(({ parentId }) => parentId === topicId);
}

/** The ways without topic; *I have an appointment* only where the office takes bookings. */
export function waysOf({ needs, office }: KioskContent): readonly Need[] {
  return needs.filter(({ kind, id }) => kind === 'way' && (office.takesBookings || id !== APPOINTMENT));
}

export function unsureOf(content: KioskContent): Need | undefined {
  return waysOf(content).find(({ id }) => id === UNSURE);
}

export function needOf({ needs }: KioskContent, id: Need['id']): Need | undefined {
  return needs.find((need) => need.id === id);
}

export function loadOf(board: KioskBoard, need: Need): ServiceLoad | undefined {
  return board.services.find(({ serviceId }) => serviceId === need.serviceId);
}
