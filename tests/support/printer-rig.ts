import { vi } from 'vitest';
import type { OpenLink } from '../../hardware/printer/byte-link.ts';
import type { PaperLine } from '../../hardware/printer/paper.ts';
import { profileNamed, type PrintAs, type Profile } from '../../hardware/printer/profile.ts';
import type { PrinterStatus, PrintOutcome } from '../../hardware/printer/status.ts';
import { createTicketPrinter, type Attempt, type TicketPrinter } from '../../hardware/printer/ticket-printer.ts';
import { voidAndCut } from '../../hardware/printer/void-bar.ts';
import { VirtualPrinter, type PrinterKnobs } from '../../hardware/printer/virtual-printer.ts';

/** The clock of such tests: waits, and the time that never steps back. */
export const FAKED: ('setTimeout' | 'clearTimeout' | 'Date' | 'performance')[] = [
  'setTimeout',
  'clearTimeout',
  'Date',
  'performance',
];

/** A driver and, at the other end of its cable, a virtual printer. */
export interface Rig {
  readonly printer: TicketPrinter;
  readonly virtual: VirtualPrinter;
  /** What was journaled, in order: `begun <job>` and `<outcome> <job>`. */
  readonly journal: readonly string[];
  readonly statuses: readonly PrinterStatus[];
  readonly traces: readonly string[];
  /** Does something when so many bytes more have gone down the cable. */
  readonly after: (bytes: number, act: () => void) => void;
}

export interface RigOptions {
  readonly knobs?: Partial<PrinterKnobs>;
  readonly profile?: string;
  readonly printAs?: PrintAs;
  readonly usedMm?: number;
  readonly begun?: (attempt: Attempt) => Promise<void>;
  readonly virtual?: VirtualPrinter;
  readonly openLink?: OpenLink;
}

export function aRig(options: RigOptions = {}): Rig {
  const virtual = options.virtual ?? new VirtualPrinter();
  virtual.set(options.knobs ?? {});
  const journal: string[] = [];
  const statuses: PrinterStatus[] = [];
  const traces: string[] = [];
  const cable = aCable(options.openLink ?? virtual.open);
  const printer = createTicketPrinter({
    openLink: cable.open,
    answers: true,
    profile: aProfile(options.profile ?? 'epson'),
    printAs: options.printAs ?? 'fonts',
    journal: {
      begun: async (attempt) => {
        await options.begun?.(attempt);
        journal.push(`begun ${attempt.jobId}`);
      },
      ended: ({ jobId }, { state }) => void journal.push(`${state} ${jobId}`),
    },
    roll: { lengthMm: 80_000, usedMm: options.usedMm ?? 0, onChange: () => undefined },
    now: Date.now,
    onStatus: (status) => statuses.push(status),
    onOutcome: () => undefined,
    onTrace: ({ text }) => traces.push(text),
  });
  return { printer, virtual, journal, statuses, traces, after: cable.after };
}

export function aProfile(name: string): Profile {
  const profile = profileNamed(name);
  if (!profile.ok) throw new Error(profile.error);
  return profile.value;
}

/** What ends a piece of paper that is not valid. */
const VOID = Buffer.from(voidAndCut(aProfile('epson')));

/** Starts the driver and lets it find out what the printer can do. */
export async function ready(rig: Rig): Promise<Rig> {
  rig.printer.start();
  await until(() => rig.printer.status().ready);
  return rig;
}

/** Lets the clock of the test run until something is so. For fake timers. */
export async function until(isSo: () => boolean, atMostMs = 180_000): Promise<void> {
  for (let ms = 0; ms < atMostMs; ms += 50) {
    if (isSo()) return;
    await vi.advanceTimersByTimeAsync(50);
  }
  if (!isSo()) throw new Error(`not so within ${atMostMs} ms: ${isSo.toString()}`);
}

/** Lets the clock run until the promise has its answer. */
export async function answerTo<T>(promise: Promise<T>): Promise<T> {
  let isOver = false;
  void promise.finally(() => (isOver = true));
  await until(() => isOver);
  return promise;
}

/** A slip whose first and last row say its number, so a whole one is known by its text. */
export function aSlip(number: string): readonly PaperLine[] {
  return [
    { kind: 'text', style: 'heading', align: 'center', text: `Algus ${number}` },
    { kind: 'rule' },
    { kind: 'text', style: 'body', align: 'left', text: 'Palun oodake ootealal. Kutsume teid numbri järgi.' },
    { kind: 'text', style: 'body', align: 'left', text: 'Пожалуйста, ждите в зале ожидания.' },
    { kind: 'space', dots: 40 },
    { kind: 'text', style: 'foot', align: 'center', text: `Lõpp ${number}` },
  ];
}

/** How many valid whole slips of a number came out, and how many pieces that hold only a part of one. */
export function slipsOf({ slips }: VirtualPrinter, number: string): { readonly whole: number; readonly parts: number } {
  const valid = slips.filter(({ bytes }) => !Buffer.from(bytes).includes(VOID));
  const holding = valid.map(({ text }) => [text.includes(`Algus ${number}`), text.includes(`Lõpp ${number}`)] as const);
  const whole = holding.filter(([begins, ends]) => begins && ends).length;
  return { whole, parts: holding.filter(([begins, ends]) => begins !== ends).length };
}

export function print({ printer }: Rig, number: string): Promise<PrintOutcome> {
  return printer.print({ id: number, lines: aSlip(number) });
}

function aCable(openLink: OpenLink): { readonly open: OpenLink; readonly after: Rig['after'] } {
  let trips: { left: number; readonly act: () => void }[] = [];
  const count = (bytes: number): void => {
    for (const trip of trips) trip.left -= bytes;
    const due = trips.filter(({ left }) => left <= 0);
    trips = trips.filter(({ left }) => left > 0);
    for (const { act } of due) act();
  };
  const open: OpenLink = async (signal) => {
    const link = await openLink(signal);
    return {
      bytes: () => link.bytes(),
      close: () => link.close(),
      closed: link.closed,
      write: async (bytes, writing) => {
        for (let at = 0; at < bytes.length; at += 10) {
          const part = bytes.subarray(at, at + 10);
          await link.write(part, writing);
          count(part.length);
        }
      },
    };
  };
  return { open, after: (bytes, act) => void trips.push({ left: bytes, act }) };
}
