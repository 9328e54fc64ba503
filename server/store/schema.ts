import type { Generated } from 'kysely';

/**
 * Tables as the queries see them. Texts for ids and for instants (ISO 8601 UTC), whole numbers for milliseconds, JSON
 * as text: SQLite and PostgreSQL then behave alike. An office's tables carry no office column (one file or schema each).
 */
export interface Tables {
  /** One row per ticket; `body` is the ticket without what it came for and the notes. */
  readonly ticket: {
    readonly id: string;
    readonly number: string;
    readonly day: string;
    readonly issue_order: number;
    readonly service_id: string;
    readonly state_kind: string;
    /** The office day of closing; `null` while open. */
    readonly closed_on: string | null;
    /** The order of its newest call; 0 when never called. */
    readonly call_order: number;
    readonly version: number;
    readonly body: string;
  };
  /** What is deleted first: the need, the class of visitors and the notes. A restored ticket may lack it. */
  readonly ticket_details: {
    readonly ticket_id: string;
    readonly need_id: string | null;
    readonly class_id: string | null;
    readonly note: string;
  };
  readonly series: { readonly letter: string; readonly day: string; readonly last: number };
  readonly desk_state: { readonly id: string; readonly body: string };
  readonly help_call: { readonly id: string; readonly body: string };
  readonly slip: { readonly ticket_id: string; readonly state: string; readonly body: string };
  readonly answer: {
    readonly request_id: string;
    readonly at: number;
    readonly actor: string;
    readonly event: string;
    readonly reply: string;
  };
  readonly journal: {
    readonly seq: number;
    readonly at: string;
    readonly kind: string;
    readonly ticket: string | null;
    readonly actor: string;
    readonly body: string;
    readonly prev_hash: string;
    readonly hash: string;
  };
  /** One row: the end of the journal, and which process may write. */
  readonly journal_head: {
    readonly id: number;
    readonly seq: number;
    readonly hash: string;
    readonly owner: number;
    /** Counts restores: a line's key towards others is office, epoch and seq. */
    readonly epoch: Generated<number>;
  };
  /** The morning's checks; `body` holds what was found and judged. */
  readonly opening_check: { readonly id: string; readonly at: string; readonly actor: string; readonly body: string };
  /** Numbers printed in advance; taken: they are tickets. */
  readonly fallback_number: {
    readonly number: string;
    readonly letter: string;
    readonly count: number;
    readonly printed_at: string;
    readonly taken_at: string | null;
    readonly ticket_id: string | null;
  };
  /** What needs a person of the office; a JSON object says what it is about. */
  readonly alarm: {
    readonly id: string;
    readonly kind: string;
    readonly at: string;
    readonly body: string;
    readonly acknowledged_at: string | null;
    readonly acknowledged_by: string | null;
  };
  readonly plan_version: {
    readonly version: number;
    readonly at: string;
    readonly actor: string;
    readonly body: string;
  };
  readonly staff: {
    readonly id: string;
    readonly username: string;
    readonly name: string;
    readonly role: string;
    /** JSON lists. */
    readonly services: string;
    readonly languages: string;
    /** `null`: cannot sign in. */
    readonly passphrase_hash: string | null;
    readonly disabled: number;
    readonly break_glass: number;
  };
  readonly session: {
    readonly token_hash: string;
    readonly staff_id: string;
    readonly created_at: number;
    readonly seen_at: number;
    readonly ends_at: number;
    readonly method: string;
    readonly proven_at: number;
    readonly locked_at: number | null;
    readonly browser: string;
  };
  /** `secret` is sealed; `last_step` is the newest time step used. */
  readonly totp: {
    readonly staff_id: string;
    readonly secret: string;
    readonly last_step: number;
    readonly made_at: number;
  };
  readonly passkey: {
    readonly id: string;
    readonly staff_id: string;
    readonly host: string;
    readonly public_key: string;
    readonly counter: number;
    /** JSON list. */
    readonly transports: string;
    readonly name: string;
    readonly made_at: number;
  };
  readonly recovery_code: { readonly code_hash: string; readonly staff_id: string };
  /** A person's subject at the outside sign-in, as a keyed hash: never the personal code itself. */
  readonly outside_identity: {
    readonly subject_hash: string;
    readonly staff_id: string;
    readonly made_at: number;
  };
  /** At most one row; none: the usual rules of the office. */
  readonly sign_in_rules: { readonly id: number; readonly body: string };
  readonly device: {
    readonly id: string;
    readonly kind: string;
    readonly name: string;
    readonly token_hash: string;
    readonly paired_at: number;
    readonly revoked_at: number | null;
    /** JSON: `{ perMinute, burst }`. */
    readonly limits: string;
    readonly seen_at: number | null;
    /** The member of staff who approved its code; `null`: it paired by itself. */
    readonly paired_by: string | null;
  };
  readonly printer_roll: { readonly printer_id: string; readonly length_mm: number; readonly used_mm: number };
  /** Settings of waiting area and phones, a row per version. */
  readonly hall_version: {
    readonly version: number;
    readonly at: string;
    readonly actor: string;
    readonly body: string;
  };
  /** Which phone acts for an open ticket. */
  readonly phone_hold: { readonly ticket_id: string; readonly key_hash: string };
  /** Where messages to an open ticket's phone go. */
  readonly push_subscription: { readonly ticket_id: string; readonly endpoint_hash: string; readonly body: string };
  readonly purge_run: { readonly at: number; readonly details: number; readonly tickets: number };
  readonly day_head: {
    readonly seq: number;
    readonly day: string;
    readonly hash: string;
    readonly sealed_at: number;
  };
  readonly keypad: {
    readonly id: string;
    /** The kiosk it stands at; `null`: the only one that is connected. */
    readonly kiosk_id: string | null;
    readonly profile: string;
    /** USB ids, where the profile does not name them. */
    readonly vendor_id: number | null;
    readonly product_id: number | null;
  };
  /** One-time tokens, hashed. */
  readonly one_time: {
    readonly token_hash: string;
    readonly purpose: string;
    readonly ends_at: number;
    readonly staff_id: string | null;
  };
}
