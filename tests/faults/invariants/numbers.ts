import { localDay } from '../../../server/domain/local-time.ts';
import type { EpochMs } from '../../../server/domain/ids.ts';
import { text, violation, type LogRecord, type Violation } from './log.ts';
import type { Sighting } from './seen.ts';

/** I1, I2, I9 and I13: what the log says about numbers. @param zone IANA name of the office's time zone */
export function numberViolations(log: readonly LogRecord[], zone: string): readonly Violation[] {
  const found: Violation[] = [];
  const given = new Set<string>();
  const requests = new Map<string, string>();
  const lastOf = new Map<string, number>();
  let newestDay = '';
  for (const record of log) {
    if (!isInstant(record.time)) {
      found.push(violation('I9', `record ${record.seq} has a time without offset: ${record.time}`));
      continue;
    }
    const today = localDay(Date.parse(record.time) as EpochMs, zone);
    if (today > newestDay) newestDay = today;
    if (record.type !== 'issued') continue;
    const day = text(record, 'day');
    if (day < today || day > newestDay) {
      found.push(violation('I9', `${text(record, 'number')} was issued on ${today} and counted for ${day}`));
    }
    const name = `${day} ${text(record, 'number')}`;
    if (given.has(name)) found.push(violation('I1', `${name} was given twice, again in record ${record.seq}`));
    given.add(name);
    const request = text(record, 'reqId');
    const before = requests.get(request);
    if (before !== undefined) found.push(violation('I2', `one request made ${before} and ${String(record.ticket)}`));
    requests.set(request, String(record.ticket));
    const series = `${day} ${text(record, 'series')}`;
    const count = Number(text(record, 'number').replace(/^\D+/, ''));
    const last = lastOf.get(series) ?? 0;
    if (count <= last) found.push(violation('I13', `${name} came after number ${last} of its series`));
    lastOf.set(series, Math.max(count, last));
  }
  return found;
}

/** I2 and I3: what visitors saw or hold in their hands is in the log, with the same number. */
export function sightingViolations(log: readonly LogRecord[], seen: readonly Sighting[]): readonly Violation[] {
  const issued = log.filter(({ type }) => type === 'issued');
  const tickets = new Map(issued.map((record) => [record.ticket, record]));
  const numbers = new Set(issued.map((record) => text(record, 'number')));
  const answers = new Map<string, string>();
  return seen.flatMap((sighting) => {
    if (sighting.kind === 'paper') {
      return numbers.has(sighting.number) ? [] : [violation('I3', `a slip says ${sighting.number}, the log does not`)];
    }
    if (sighting.kind !== 'number') return [];
    const { requestId, ticket, number } = sighting;
    const before = answers.get(requestId);
    answers.set(requestId, `${ticket} ${number}`);
    const record = tickets.get(ticket);
    return [
      ...(before !== undefined && before !== `${ticket} ${number}`
        ? [violation('I2', `one press was answered with ${before} and with ${ticket} ${number}`)]
        : []),
      ...(record?.number === number && record.reqId === requestId
        ? []
        : [violation('I3', `a visitor saw ${number}, the log has ${record?.number ?? 'nothing'} for it`)]),
    ];
  });
}

function isInstant(time: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(time) && !Number.isNaN(Date.parse(time))
  );
}
