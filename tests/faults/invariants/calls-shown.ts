import { violation, type LogRecord, type Violation } from './log.ts';
import type { Sighting } from './seen.ts';

/** I11 and I4: a display never shows a call that was not made; what a console was answered stands in the log. */
export function callViolations(log: readonly LogRecord[], seen: readonly Sighting[]): readonly Violation[] {
  const calls = log.filter(({ type }) => type === 'called' || type === 'recalled');
  const shown = new Set(calls.map((call) => `${call.callOrder ?? 0} ${call.number ?? ''} ${call.desk ?? ''}`));
  const made = new Set(calls.map((call) => `${call.ticket ?? ''} ${call.desk ?? ''}`));
  return seen.flatMap((sighting) => {
    if (sighting.kind === 'display' && !shown.has(`${sighting.order} ${sighting.number} ${sighting.desk}`)) {
      return [violation('I11', `a display showed ${sighting.number} at ${sighting.desk}, a call that was not made`)];
    }
    if (sighting.kind === 'call' && !made.has(`${sighting.ticket} ${sighting.desk}`)) {
      return [violation('I12', `${sighting.desk} was told a call of ${sighting.ticket} that the log does not have`)];
    }
    return [];
  });
}
