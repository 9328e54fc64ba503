/** What is said of many measurements: half were at most `p50`, and so on (milliseconds). */
export interface Figures {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function figuresOf(measured: readonly number[]): Figures {
  const sorted = [...measured].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? Number.NaN };
}

/** One line of a table: a name, then the figures. */
export function row(name: string, { count, p50, p95, p99, max }: Figures, perSecond?: number): string {
  const ms = (value: number): string => value.toFixed(1).padStart(8);
  const rate = perSecond === undefined ? ''.padStart(10) : perSecond.toFixed(0).padStart(10);
  return `${name.padEnd(46)}${String(count).padStart(8)}${rate}${ms(p50)}${ms(p95)}${ms(p99)}${ms(max)}`;
}

export const HEAD = `${''.padEnd(46)}${'count'.padStart(8)}${'per s'.padStart(10)}${'p50 ms'.padStart(8)}${'p95'.padStart(8)}${'p99'.padStart(8)}${'max'.padStart(8)}`;
