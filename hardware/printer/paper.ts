/** Type styles of a slip, smallest first. Sizes are those of the drawn letters: 26, 30, 34 and 40 dots. */
export type TextStyle = 'foot' | 'body' | 'lead' | 'heading';

/**
 * What is to be on the paper, line by line, as data: the printer decides how to bring it there. Texts may hold any
 * Unicode; control characters are dropped.
 */
export type PaperLine =
  /** A triangle and two rules: which edge is up. */
  | { readonly kind: 'top-edge' }
  | { readonly kind: 'text'; readonly text: string; readonly style: TextStyle; readonly align: 'left' | 'center' }
  /** White on black: what must not be overlooked. */
  | { readonly kind: 'banner'; readonly text: string }
  /** The visitor's number, 21 mm high; five signs and more are narrowed, never lowered. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'rule' }
  | { readonly kind: 'space'; readonly dots: number }
  /** Something to tick off. */
  | { readonly kind: 'tick'; readonly text: string }
  /** Text at the left, a QR code at the right. */
  | { readonly kind: 'text-and-qr'; readonly texts: readonly string[]; readonly data: string };

export interface PrintJob {
  /** Names the attempt in the trace; at most 64 characters. */
  readonly id: string;
  readonly lines: readonly PaperLine[];
}
