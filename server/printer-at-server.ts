import type { Logger } from 'pino';
import { linkFor } from '../hardware/printer/link-for.ts';
import type { PaperLine } from '../hardware/printer/paper.ts';
import type { PrinterStatus, PrintOutcome } from '../hardware/printer/status.ts';
import { createTicketPrinter, type AttemptJournal } from '../hardware/printer/ticket-printer.ts';
import type { VirtualPrinter } from '../hardware/printer/virtual-printer.ts';
import { BadSetting } from './config.ts';
import type { DeviceId } from './domain/ids.ts';
import type { DeviceWatch } from './live/devices.ts';
import type { PaperOutcome, PaperPort, PrinterCondition } from './live/paper.ts';
import { testSlip, ticketSlip } from './print/ticket-slip.ts';

const PRINTER_ID = 'printer-1' as DeviceId;
/** A full roll of the usual size (millimetres). */
const ROLL_MM = 80_000;
/** The ledger has every attempt before its job exists, and its outcome after. */
const IN_THE_LEDGER: AttemptJournal = { begun: () => Promise.resolve(), ended: () => undefined };

/** The setting of an office without paper. */
const NO_PRINTER = 'none:';
const NOT_PRINTED: PaperOutcome = { state: 'not-printed', reason: 'none' };
const NO_PAPER: PaperPort = {
  printerId: PRINTER_ID,
  condition: () => 'none',
  print: () => Promise.resolve(NOT_PRINTED),
  test: () => Promise.resolve(NOT_PRINTED),
  clear: () => Promise.resolve(),
};

interface Surroundings {
  readonly devices: DeviceWatch;
  readonly now: () => number;
  readonly log: Logger;
}

/** The printer that the setting `PRINTER` names, as the live office uses it. @throws BadSetting */
export function openPrinter(
  setting: string,
  { devices, now, log }: Surroundings,
): { readonly paper: PaperPort; readonly virtual: VirtualPrinter | null; readonly stop: () => Promise<void> } {
  if (setting === NO_PRINTER) return { paper: NO_PAPER, virtual: null, stop: async () => undefined };
  const place = linkFor(setting);
  if (!place.ok) throw new BadSetting(`PRINTER: ${place.error}`);
  const { virtual, ...link } = place.value;
  let lastTold = '';
  const printer = createTicketPrinter({
    ...link,
    journal: IN_THE_LEDGER,
    roll: { lengthMm: ROLL_MM, usedMm: 0, onUsed: () => undefined },
    now,
    onStatus: ({ condition, link: state, lastError }) => {
      devices.printer(PRINTER_ID, '1', condition);
      const told = `${state} ${condition}`;
      if (told !== lastTold) log.info({ condition, link: state, lastError }, 'the printer changed');
      lastTold = told;
    },
    onOutcome: (jobId, outcome) => log.info({ jobId, outcome }, 'a slip has its outcome'),
    onTrace: ({ text }) => log.debug({ text }, 'printer'),
  });
  printer.start();
  const print = async (id: string, lines: readonly PaperLine[]): Promise<PaperOutcome> => {
    return outcomeOf(await printer.print({ id, lines }));
  };
  const paper: PaperPort = {
    printerId: PRINTER_ID,
    condition: () => forVisitors(printer.status()),
    print: (jobId, facts) => print(jobId, ticketSlip(facts)),
    test: async (kind, plan) => {
      return kind === 'slip' ? print('test-slip', testSlip(plan, now())) : outcomeOf(await printer.testSheet(kind));
    },
    clear: async () => {
      printer.clear();
    },
  };
  return { paper, virtual, stop: () => printer.stop() };
}

function outcomeOf(outcome: PrintOutcome): PaperOutcome {
  return outcome.state === 'printed'
    ? { state: 'printed', reason: outcome.how }
    : { state: outcome.state, reason: outcome.reason };
}

function forVisitors({ condition }: PrinterStatus): PrinterCondition {
  switch (condition) {
    case 'ok':
      return 'ready';
    case 'paper-low':
      return 'low';
    case 'paper-out':
      return 'no-paper';
    default:
      return 'out-of-order';
  }
}
