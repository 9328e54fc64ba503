import type { Texts } from '#contract/language.ts';

/** What `/waiting.json` tells, as this page reads it. Counts and minutes are ranges. */
export interface Waits {
  /** When it was counted (epoch milliseconds). */
  readonly at: number;
  readonly zone: string;
  readonly agency: Texts;
  readonly office: Texts;
  readonly open: boolean;
  readonly areas: readonly {
    readonly id: string;
    readonly names: Texts;
    readonly waiting: Range;
    readonly waitMinutes: Range | null;
  }[];
}

interface Range {
  readonly from: number;
  readonly to: number;
}
