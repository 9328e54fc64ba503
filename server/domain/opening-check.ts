/** What the office is asked in the morning, one after the other. */
export const CHECKS = ['printer', 'slip', 'display', 'voice', 'clock', 'disk', 'backup', 'network'] as const;
export type Check = (typeof CHECKS)[number];

/** What was found. Times in milliseconds, sizes in MiB; `null`: nobody can say. */
export interface CheckFacts {
  /** The printer's own word; `none`: the office prints nothing. */
  readonly printer: string;
  readonly slip: 'printed' | 'not-printed' | 'unknown' | 'none';
  readonly displays: { readonly known: number; readonly connected: number };
  /** Displays that told whether they can be heard, and how many can. */
  readonly voices: { readonly told: number; readonly audible: number };
  /** The server's clock minus that of the console's own computer. */
  readonly clockAheadMs: number;
  readonly clockSynchronised: boolean | null;
  readonly disk: { readonly state: 'ok' | 'low' | 'full' | 'read-only'; readonly freeMiB: number | null };
  /** `not-ours`: the database is PostgreSQL. */
  readonly backup: {
    readonly ageMs: number | null;
    readonly isOurs: boolean;
    /** The key at hand is the one it was sealed with; missing in reports of an earlier version. */
    readonly opens?: boolean | undefined;
  };
  /** From the console to the server and back. */
  readonly roundTripMs: number;
  readonly kiosks: { readonly known: number; readonly connected: number };
}

/** `notice`: the office can open, and somebody should see to it. `fix` is the word of what to do. */
export interface CheckItem {
  readonly check: Check;
  readonly result: 'pass' | 'notice' | 'fail';
  readonly fix: string | null;
}

const CLOCK_OFF_MS = 60_000;
const SLOW_MS = 500;
const BACKUP_OLD_MS = 26 * 3_600_000;

/** Passes or names what to do, in the order of the list. */
export function judged(facts: CheckFacts): readonly CheckItem[] {
  return CHECKS.map((check) => ({ check, ...verdict(check, facts) }));
}

type Verdict = Omit<CheckItem, 'check'>;
const PASS: Verdict = { result: 'pass', fix: null };
const notice = (fix: string): Verdict => ({ result: 'notice', fix });
const fail = (fix: string): Verdict => ({ result: 'fail', fix });

function verdict(check: Check, facts: CheckFacts): Verdict {
  switch (check) {
    case 'printer':
      if (facts.printer === 'none') return notice('no-printer');
      if (facts.printer === 'paper-low') return notice('paper-low');
      return facts.printer === 'ok' ? PASS : fail('printer-trouble');
    case 'slip':
      if (facts.slip === 'none') return notice('no-printer');
      return facts.slip === 'printed' ? PASS : fail(facts.slip === 'unknown' ? 'slip-unknown' : 'slip-not-printed');
    case 'display':
      if (facts.displays.connected === 0) return fail(facts.displays.known === 0 ? 'no-display' : 'display-off');
      return facts.displays.connected < facts.displays.known ? notice('display-off') : PASS;
    case 'voice':
      if (facts.voices.told === 0) return notice('voice-unknown');
      if (facts.voices.audible < facts.voices.told) return notice('voice-off');
      return facts.voices.told < facts.displays.connected ? notice('voice-unknown') : PASS;
    case 'clock':
      if (Math.abs(facts.clockAheadMs) > CLOCK_OFF_MS) return fail('clock-off');
      return facts.clockSynchronised === false ? notice('clock-free') : PASS;
    case 'disk':
      if (facts.disk.state === 'ok') return PASS;
      return facts.disk.state === 'low' ? notice('disk-low') : fail('disk-full');
    case 'backup':
      if (!facts.backup.isOurs) return PASS;
      if (facts.backup.ageMs === null) return fail('backup-none');
      if (facts.backup.opens === false) return fail('backup-key');
      return facts.backup.ageMs > BACKUP_OLD_MS ? fail('backup-old') : PASS;
    case 'network':
      if (facts.kiosks.known > 0 && facts.kiosks.connected === 0) return fail('kiosk-off');
      if (facts.kiosks.connected < facts.kiosks.known) return notice('kiosk-off');
      return facts.roundTripMs > SLOW_MS ? notice('network-slow') : PASS;
  }
}
