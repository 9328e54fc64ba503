import type { Logger } from 'pino';
import { linkFor } from '../hardware/printer/link-for.ts';
import type { PaperLine } from '../hardware/printer/paper.ts';
import type { PrinterStatus, PrintOutcome } from '../hardware/printer/status.ts';
import type { RollMemory } from '../hardware/printer/paper-roll.ts';
import { createTicketPrinter, type AttemptJournal, type TraceLine } from '../hardware/printer/ticket-printer.ts';
import type { VirtualPrinter } from '../hardware/printer/virtual-printer.ts';
import { BadSetting } from './config.ts';
import type { DeviceId } from './domain/ids.ts';
import type { DeviceWatch } from './live/devices.ts';
import type { PrinterFacts } from './contract/requests/printer.ts';
import type { PaperOutcome, PaperPort } from './live/paper.ts';
import { fallbackSlip } from './print/fallback-slip.ts';
import { sealSheet } from './print/seal-sheet.ts';
import { testSlip, ticketSlip } from './print/ticket-slip.ts';

export const PRINTER_ID = 'printer-1' as DeviceId;
/** The ledger has every attempt before its job exists, and its outcome after. */
const IN_THE_LEDGER: AttemptJournal = { begun: () => Promise.resolve(), ended: () => undefined };
/** How much of the driver's trace staff can read (lines). */
const TRACE_KEPT = 50;

/** The setting of an office without paper. */
const NO_PRINTER = 'none:';
const NOT_PRINTED: PaperOutcome = { state: 'not-printed', reason: 'none' };
const NO_PAPER: PaperPort = {
  printerId: PRINTER_ID,
  condition: () => 'none',
  print: () => Promise.resolve(NOT_PRINTED),
  test: () => Promise.resolve(NOT_PRINTED),
  seal: () => Promise.resolve(NOT_PRINTED),
  fallback: () => Promise.resolve(NOT_PRINTED),
  clear: () => Promise.resolve(),
  newRoll: () => undefined,
  look: () => null,
};

interface Surroundings {
  readonly devices: DeviceWatch;
  readonly roll: RollMemory;
  readonly now: () => number;
  readonly log: Logger;
}

/** The printer that the setting `PRINTER` names, as the live office uses it. @throws BadSetting */
export function openPrinter(
  setting: string,
  { devices, roll, now, log }: Surroundings,
): { readonly paper: PaperPort; readonly virtual: VirtualPrinter | null; readonly stop: () => Promise<void> } {
  if (setting === NO_PRINTER) return { paper: NO_PAPER, virtual: null, stop: async () => undefined };
  const place = linkFor(setting);
  if (!place.ok) throw new BadSetting(`PRINTER: ${place.error}`);
  const { virtual, ...link } = place.value;
  let lastTold = '';
  let trace: readonly TraceLine[] = [];
  const printer = createTicketPrinter({
    ...link,
    journal: IN_THE_LEDGER,
    roll,
    now,
    onStatus: ({ condition, link: state, lastError }) => {
      devices.printer(PRINTER_ID, '1', condition);
      const told = `${state} ${condition}`;
      if (told !== lastTold) log.info({ condition, link: state, lastError }, 'the printer changed');
      lastTold = told;
    },
    onOutcome: (jobId, outcome) => log.info({ jobId, outcome }, 'a slip has its outcome'),
    onTrace: (line) => {
      trace = [...trace.slice(1 - TRACE_KEPT), line];
      log.debug({ text: line.text }, 'printer');
    },
  });
  printer.start();
  const print = async (id: string, lines: readonly PaperLine[]): Promise<PaperOutcome> => {
    return outcomeOf(await printer.print({ id, lines }));
  };
  const paper: PaperPort = {
    printerId: PRINTER_ID,
    condition: () => printer.status().condition,
    print: (jobId, facts) => print(jobId, ticketSlip(facts)),
    test: async (kind, plan) => {
      return kind === 'slip' ? print('test-slip', testSlip(plan, now())) : outcomeOf(await printer.testSheet(kind));
    },
    seal: (seal, plan) => print(`seal-${seal.seq}`, sealSheet(seal, plan)),
    fallback: (number, plan) => print(`fallback-${number}`, fallbackSlip(number, plan)),
    clear: async () => {
      printer.clear();
    },
    newRoll: (lengthMm) => printer.newRoll(lengthMm),
    look: () => factsOf(printer.status(), trace),
  };
  return { paper, virtual, stop: () => printer.stop() };
}

function outcomeOf(outcome: PrintOutcome): PaperOutcome {
  return outcome.state === 'printed'
    ? { state: 'printed', reason: outcome.how }
    : { state: outcome.state, reason: outcome.reason };
}

function factsOf(status: PrinterStatus, trace: readonly TraceLine[]): PrinterFacts {
  const { link, condition, all, since, lastError, waiting, rollLengthMm, rollUsedMm } = status;
  const { capabilities, ...identity } = status.identity;
  const roll = { rollLengthMm, rollUsedMm };
  return {
    ...{ link, condition, since, lastError, waiting },
    ...roll,
    ...identity,
    all: [...all],
    capabilities: capabilities && { ...capabilities },
    trace: trace.map((line) => ({ ...line })),
  };
}
