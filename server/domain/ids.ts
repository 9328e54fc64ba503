/** Branded ids: a plain string at run time, but the compiler keeps a desk apart from a ticket. */
type Id<Name extends string> = string & { readonly __id: Name };

export type TicketId = Id<'ticket'>;
export type RequestId = Id<'request'>;
export type NeedId = Id<'need'>;
export type ServiceId = Id<'service'>;
/** A service's queue, or `desk/<desk id>`: each desk has a queue of its own. */
export type QueueId = Id<'queue'>;
export type DeskId = Id<'desk'>;
export type StaffId = Id<'staff'>;
export type DeviceId = Id<'device'>;
export type OrganisationId = Id<'organisation'>;
export type PaperId = Id<'paper'>;
/** A group of visitors whom the office promises a shorter wait. */
export type ClassId = Id<'class'>;
export type HelpId = Id<'help'>;
/** What the visitor reads: a neutral letter and at least three digits, for instance `A042`. */
export type TicketNumber = Id<'number'>;

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number & { readonly __unit: 'epoch-ms' };

/** Who did it: a member of staff, a paired device, or the office itself. */
export type Actor = StaffId | DeviceId | 'system';

/** Arithmetic on instants is this and `lasted`, nothing else. */
export function later(at: EpochMs, byMs: number): EpochMs {
  return (at + byMs) as EpochMs;
}

/** How long something took (milliseconds): never less than nothing, also when the machine's clock stepped back meanwhile. */
export function lasted(since: EpochMs, until: EpochMs): number {
  return Math.max(0, until - since);
}

/** The queue that belongs to one desk: a transfer "to a desk" is a transfer like any other. */
export function deskQueue(deskId: DeskId): QueueId {
  return `desk/${deskId}` as QueueId;
}
