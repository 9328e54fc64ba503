import type {
  Desk,
  Need,
  Office,
  OfficeRules,
  Organisation,
  Paper,
  PriorityClass,
  Service,
  Specialist,
} from '../domain/plan.ts';

/**
 * The office's own texts and lists of one plan version, fetched once per version by the surface that needs them
 * (`GET /content/kiosk/<version>.json`, `GET /content/console/<version>.json`). The display gets none of it.
 */
export interface KioskContent {
  readonly version: number;
  readonly office: Pick<
    Office,
    | 'agency'
    | 'names'
    | 'demonstration'
    | 'zone'
    | 'hours'
    | 'waitingPlace'
    | 'closedHelp'
    | 'fallback'
    | 'takesBookings'
  >;
  readonly services: readonly Pick<Service, 'id' | 'names' | 'privacy'>[];
  readonly needs: readonly Omit<Need, 'meanServiceMs'>[];
  readonly papers: readonly Paper[];
  readonly organisations: readonly Organisation[];
}

/** For signed-in staff only. */
export interface ConsoleContent extends Omit<KioskContent, 'services' | 'needs'> {
  readonly rules: OfficeRules;
  readonly classes: readonly PriorityClass[];
  readonly services: readonly Service[];
  readonly needs: readonly Need[];
  readonly desks: readonly Desk[];
  readonly specialists: readonly Specialist[];
}
