import { FAILPOINTS, type Failpoint } from './basics/failpoint.ts';

/** Where a test run ends the process, and at the how manieth passing of that point. */
export interface ArmedFailpoint {
  readonly point: Failpoint;
  readonly pass: number;
}

/** Reads `after_decide` or `after_decide:3`. @returns `null` when there is no such point */
export function failpointNamed(text: string): ArmedFailpoint | null {
  const [name, pass = '1'] = text.split(':');
  const point = FAILPOINTS.find((one) => one === name);
  return point && /^[1-9]\d{0,5}$/.test(pass) ? { point, pass: Number(pass) } : null;
}

/** Ends the process at the armed point as a power cut would: no goodbye, nothing is flushed. */
export function endsAt(armed: ArmedFailpoint | null): (point: Failpoint) => void {
  let left = armed?.pass ?? 0;
  return (point) => {
    if (point !== armed?.point) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
