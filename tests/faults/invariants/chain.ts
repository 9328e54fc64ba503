import { chainHash, type Json } from '../../../server/domain/chain.ts';
import { violation, type LogRecord, type Violation } from './log.ts';

/** I8: the records count on without a gap, and each is sealed over the one before it. */
export function chainViolations(log: readonly LogRecord[]): readonly Violation[] {
  let seq = (log[0]?.seq ?? 1) - 1;
  let prevHash = log[0]?.prevHash ?? '';
  return log.flatMap((record) => {
    const { hash, ...sealed } = record;
    const says = [
      ...(record.seq === seq + 1 ? [] : [`record ${record.seq} follows record ${seq}`]),
      ...(record.prevHash === prevHash ? [] : [`record ${record.seq} is not chained to the one before it`]),
      ...(hash === chainHash(record.prevHash, sealed as Json) ? [] : [`record ${record.seq} does not fit its seal`]),
    ];
    seq = record.seq;
    prevHash = hash;
    return says.map((one) => violation('I8', one));
  });
}
