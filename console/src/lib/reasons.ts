import type { Asking } from './office.svelte.ts';

/** The reasons a person can give, in the order they are offered; the contract knows the same words. */
export const PICK_REASONS = [
  'urgent',
  'assistance',
  'short-matter',
  'returned',
  'waited-too-long',
  'other',
] as const satisfies readonly Asking<'desk:call-ticket'>['reason'][];

export const RESOLUTIONS = [
  'solved',
  'advised',
  'application',
  'documents',
  'to-be-continued',
  'not-here',
] as const satisfies readonly NonNullable<Asking<'ticket:finish'>['resolution']>[];

export type Resolution = (typeof RESOLUTIONS)[number];

export const PARK_REASONS = [
  'form',
  'photo',
  'document',
  'break',
  'other',
] as const satisfies readonly Asking<'ticket:park'>['reason'][];

export const PAUSE_REASONS = [
  'lunch',
  'break',
  'back-office',
  'meeting',
  'other',
] as const satisfies readonly Asking<'desk:pause'>['reason'][];
