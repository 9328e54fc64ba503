import { isAutomaticHead, isInOrderByte, isStatusByte, type AutomaticStatus } from './escpos-status.ts';

/** One thing a printer said. */
export type PrinterReply =
  | { readonly kind: 'status'; readonly byte: number }
  | { readonly kind: 'automatic-status'; readonly bytes: AutomaticStatus }
  | { readonly kind: 'process-id'; readonly id: string }
  | { readonly kind: 'cleared' }
  | { readonly kind: 'information'; readonly text: string }
  | { readonly kind: 'in-order'; readonly byte: number }
  /** A byte that belongs to nothing; it is dropped. */
  | { readonly kind: 'noise'; readonly byte: number };

/** What was asked for: what nobody asked for is noise. */
export interface Expected {
  readonly automaticStatus: boolean;
  readonly information: boolean;
}

const BLOCK = 0x37;
const INFORMATION = 0x5f;
const PROCESS_ID = 0x22;
const CLEARED = 0x25;
/** Serial printers pause their host with these two; on other links they mean nothing. */
const FLOW = [0x11, 0x13];
/** A block without an end is noise. */
const BLOCK_AT_MOST = 80;

/**
 * Takes the printer's bytes apart: each kind of answer is known by the fixed bits of its first byte. A byte that does not
 * fit costs itself only, never what comes after it.
 *
 * @source Epson ESC/POS manuals (TM-T88III, TM-T81, TM-L60II): transmitted status bytes and blocks
 */
export class Replies {
  #pending: readonly number[] = [];
  #expected: Expected = { automaticStatus: false, information: false };

  expect(expected: Expected): void {
    this.#expected = expected;
  }

  /** The link is new. */
  reset(): void {
    this.#pending = [];
    this.#expected = { automaticStatus: false, information: false };
  }

  /** The replies these bytes complete. A block may begin in one piece and end in the next. */
  take(bytes: Uint8Array): readonly PrinterReply[] {
    const replies: PrinterReply[] = [];
    let rest: readonly number[] = [...this.#pending, ...bytes];
    while (rest.length > 0) {
      const found = firstReply(rest, this.#expected);
      if (found === 'incomplete') break;
      if (found.reply) replies.push(found.reply);
      rest = rest.slice(found.used);
    }
    this.#pending = rest;
    return replies;
  }
}

type Found = { readonly reply: PrinterReply | null; readonly used: number } | 'incomplete';

function firstReply(bytes: readonly number[], expected: Expected): Found {
  const [first = 0] = bytes;
  if (isStatusByte(first)) return { reply: { kind: 'status', byte: first }, used: 1 };
  if (expected.automaticStatus && isAutomaticHead(first)) return automaticStatus(bytes);
  if (first === BLOCK || (expected.information && first === INFORMATION)) return block(bytes);
  if (isInOrderByte(first)) return { reply: { kind: 'in-order', byte: first }, used: 1 };
  return FLOW.includes(first) ? { reply: null, used: 1 } : noise(first);
}

function automaticStatus([first = 0, ...rest]: readonly number[]): Found {
  const tail = rest.slice(0, 3);
  if (!tail.every(isInOrderByte)) return noise(first);
  const [error, paper, other] = tail;
  if (error === undefined || paper === undefined || other === undefined) return 'incomplete';
  return { reply: { kind: 'automatic-status', bytes: [first, error, paper, other] }, used: 4 };
}

function block(bytes: readonly number[]): Found {
  const [first = 0] = bytes;
  const end = bytes.indexOf(0);
  const content = bytes.slice(1, end === -1 ? undefined : end);
  if (content.length > BLOCK_AT_MOST || !content.every(isPrintable)) return noise(first);
  if (end === -1) return 'incomplete';
  const text = String.fromCharCode(...content);
  if (first === INFORMATION) return { reply: { kind: 'information', text }, used: end + 1 };
  if (content[0] === CLEARED && content.length === 1) return { reply: { kind: 'cleared' }, used: end + 1 };
  if (content[0] === PROCESS_ID && content.length === 5) {
    return { reply: { kind: 'process-id', id: text.slice(1) }, used: end + 1 };
  }
  return noise(first);
}

function noise(byte: number): Found {
  return { reply: { kind: 'noise', byte }, used: 1 };
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e;
}
