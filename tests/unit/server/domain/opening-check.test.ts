import { describe, expect, test } from 'vitest';
import { CHECKS, judged, type CheckFacts } from '../../../../server/domain/opening-check.ts';
import { catalogue, flatten } from '../../../../locales/catalogue.ts';

const WELL: CheckFacts = {
  printer: 'ok',
  slip: 'printed',
  displays: { known: 2, connected: 2 },
  voices: { told: 2, audible: 2 },
  clockAheadMs: 800,
  clockSynchronised: true,
  disk: { state: 'ok', freeMiB: 20_000 },
  backup: { ageMs: 6 * 3_600_000, isOurs: true },
  roundTripMs: 12,
  kiosks: { known: 1, connected: 1 },
};
const fixes = (change: Partial<CheckFacts>): readonly (string | null)[] =>
  judged({ ...WELL, ...change }).flatMap(({ result, fix }) => (result === 'pass' ? [] : [`${result} ${String(fix)}`]));

/** Every way in which the office can be unwell, and what is said. */
const TROUBLES: readonly (readonly [Partial<CheckFacts>, readonly string[]])[] = [
  [{ printer: 'paper-out' }, ['fail printer-trouble']],
  [{ printer: 'paper-low' }, ['notice paper-low']],
  [{ printer: 'none', slip: 'none' }, ['notice no-printer', 'notice no-printer']],
  [{ slip: 'unknown' }, ['fail slip-unknown']],
  [{ slip: 'not-printed' }, ['fail slip-not-printed']],
  [{ displays: { known: 0, connected: 0 } }, ['fail no-display']],
  [{ displays: { known: 2, connected: 0 } }, ['fail display-off']],
  [{ displays: { known: 2, connected: 1 } }, ['notice display-off']],
  [{ voices: { told: 0, audible: 0 } }, ['notice voice-unknown']],
  [{ voices: { told: 2, audible: 1 } }, ['notice voice-off']],
  [{ voices: { told: 1, audible: 1 } }, ['notice voice-unknown']],
  [{ clockAheadMs: -61_000 }, ['fail clock-off']],
  [{ clockSynchronised: false }, ['notice clock-free']],
  [{ disk: { state: 'low', freeMiB: 300 } }, ['notice disk-low']],
  [{ disk: { state: 'read-only', freeMiB: 300 } }, ['fail disk-full']],
  [{ backup: { ageMs: null, isOurs: true } }, ['fail backup-none']],
  [{ backup: { ageMs: 27 * 3_600_000, isOurs: true } }, ['fail backup-old']],
  [{ backup: { ageMs: 1, isOurs: true, opens: false } }, ['fail backup-key']],
  [{ kiosks: { known: 1, connected: 0 } }, ['fail kiosk-off']],
  [{ kiosks: { known: 2, connected: 1 } }, ['notice kiosk-off']],
  [{ roundTripMs: 900 }, ['notice network-slow']],
];

describe('the check before the office opens', () => {
  test('passes an office in order, every part of it by name', () => {
    expect(judged(WELL)).toEqual(CHECKS.map((check) => ({ check, result: 'pass', fix: null })));
    expect(fixes({ clockSynchronised: null })).toEqual([]); // a machine that cannot say is not blamed
    expect(fixes({ backup: { ageMs: null, isOurs: false } })).toEqual([]);
  });

  test.each(TROUBLES)('says what to do about %j', (change, said) => {
    expect(fixes(change)).toEqual(said);
  });

  test('every fix it names has its sentence, and no sentence is left over', () => {
    const named = new Set(
      TROUBLES.flatMap(([change]) => judged({ ...WELL, ...change }).flatMap(({ fix }) => fix ?? [])),
    );
    const { check } = catalogue('et').safety as { readonly check: { readonly fix: Readonly<Record<string, string>> } };
    expect(new Set(flatten(check.fix).map(([key]) => key))).toEqual(named);
  });
});
