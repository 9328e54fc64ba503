import { text, violation, type LogRecord, type Violation } from './log.ts';
import type { Sighting } from './seen.ts';

/** I10: at most one slip by itself; every further one was asked for by a person, and the log says so. */
export function paperViolations(log: readonly LogRecord[], seen: readonly Sighting[]): readonly Violation[] {
  const numbers = new Map(
    log.filter(({ type }) => type === 'issued').map((record) => [record.ticket, text(record, 'number')]),
  );
  const byItself = new Map<string | null, number>();
  const allowed = new Map<string, number>();
  for (const record of log) {
    if (record.type !== 'print_started') continue;
    const name = numbers.get(record.ticket) ?? '';
    allowed.set(name, (allowed.get(name) ?? 0) + 1);
    if (record.reprint === false) byItself.set(record.ticket, (byItself.get(record.ticket) ?? 0) + 1);
  }
  const slips = new Map<string, number>();
  for (const { number } of seen.filter((one) => one.kind === 'paper')) slips.set(number, (slips.get(number) ?? 0) + 1);
  return [
    ...[...byItself].flatMap(([ticket, times]) =>
      times > 1
        ? [violation('I10', `the slip of ${numbers.get(ticket) ?? String(ticket)} was sent ${times} times`)]
        : [],
    ),
    ...[...slips].flatMap(([number, count]) =>
      count > (allowed.get(number) ?? 0)
        ? [violation('I10', `${count} slips of ${number} came out, ${allowed.get(number) ?? 0} were sent`)]
        : [],
    ),
  ];
}
