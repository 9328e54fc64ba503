import type { Request } from '#contract/events.ts';
import { requestId } from '../random-uuid.ts';
import type { SoundTest } from './hall-sound.ts';

type Report = Request<'display:report'>;

export type Measured = Pick<Report, 'widthPx' | 'heightPx' | 'readableToM'>;

/** Told again this often although nothing changed (milliseconds). */
const AGAIN_AFTER_MS = 60_000;

/** What the display tells the office of itself: when it changes, once a minute, and anew on every line. */
export class Reports {
  measured: Measured = { widthPx: 1, heightPx: 1, readableToM: 0 };
  /** The newest sound test, by the office's clock. */
  test: ({ readonly at: number } & SoundTest) | null = null;
  readonly #send: (report: Report) => void;
  #told = '';
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(send: (report: Report) => void) {
    this.#send = send;
  }

  tell(now: Pick<Report, 'shown' | 'speaking' | 'queued' | 'sound'>): void {
    const { test } = this;
    const sound = now.sound === 'able' && test && !test.heard ? 'failed' : now.sound;
    const report = { ...this.measured, ...now, sound, test: test && { at: test.at, missing: test.missing } };
    const text = JSON.stringify(report);
    if (text === this.#told && performance.now() - this.#toldAt < AGAIN_AFTER_MS) return;
    this.#told = text;
    this.#toldAt = performance.now();
    this.#send({ ...report, requestId: requestId() as Report['requestId'] });
  }

  /** A new line knows nothing yet. */
  forget(): void {
    this.#told = '';
  }
}
