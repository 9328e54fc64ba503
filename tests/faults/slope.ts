/** How much memory a process had at some moment. */
export interface Sample {
  readonly atMs: number;
  readonly mib: number;
}

/** The least-squares line through the samples: growth per millisecond (MiB). `0` for fewer than two. */
export function slopeOf(samples: readonly Sample[]): number {
  const count = samples.length;
  if (count < 2) return 0;
  const meanAt = samples.reduce((sum, { atMs }) => sum + atMs, 0) / count;
  const meanMib = samples.reduce((sum, { mib }) => sum + mib, 0) / count;
  const along = samples.reduce((sum, { atMs }) => sum + (atMs - meanAt) ** 2, 0);
  const both = samples.reduce((sum, { atMs, mib }) => sum + (atMs - meanAt) * (mib - meanMib), 0);
  return along === 0 ? 0 : both / along;
}
