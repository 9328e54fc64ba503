/**
 * Type styles of a slip, smallest first: drawn letters of 26, 30, 34, 40, 46 and 54 dots; in the printer's own fonts the
 * nearest size. `large` and `title` are what `body` and `heading` become on a slip in large print.
 */
export const TEXT_STYLES = ['foot', 'body', 'lead', 'heading', 'large', 'title'] as const;

export type TextStyle = (typeof TEXT_STYLES)[number];

/**
 * What is to be on the paper, line by line, as data: the printer decides how to bring it there. Texts may hold any
 * Unicode; control characters are dropped. Every job is cut at its end.
 */
export type PaperLine =
  /** A triangle and two rules: which edge is up. */
  | { readonly kind: 'top-edge' }
  | { readonly kind: 'text'; readonly text: string; readonly style: TextStyle; readonly align: 'left' | 'center' }
  /** White on black: what must not be overlooked, such as the mark of a reprint. */
  | { readonly kind: 'banner'; readonly text: string }
  /** The visitor's number, always a picture, 168 dots (21 mm) high; five signs and more are narrowed, never lowered. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'rule' }
  | { readonly kind: 'space'; readonly dots: number }
  /** Something to tick off; `body` unless said otherwise. */
  | { readonly kind: 'tick'; readonly text: string; readonly style?: TextStyle }
  /** One of several things that belong together; `body` unless said otherwise. */
  | { readonly kind: 'bullet'; readonly text: string; readonly style?: TextStyle }
  /** A QR code in the middle. */
  | { readonly kind: 'qr'; readonly data: string }
  /** Text at the left, a QR code at the right; one under the other on narrow paper. */
  | {
      readonly kind: 'text-and-qr';
      readonly texts: readonly string[];
      readonly data: string;
      readonly style?: TextStyle;
    }
  /** Ends one piece of paper and begins the next. */
  | { readonly kind: 'cut' };

export interface PrintJob {
  /** Names the attempt in the trace and the attempt journal; at most 64 characters. */
  readonly id: string;
  readonly lines: readonly PaperLine[];
}
