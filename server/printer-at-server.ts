import type { Logger } from 'pino';
import { printerPlace, type OpenLink, type PrinterPlace } from '../hardware/printer/byte-link.ts';
import { drawPaper } from '../hardware/printer/draw-paper.ts';
import { encodeSlip } from '../hardware/printer/escpos-encoder.ts';
import { fileLink, usbLink } from '../hardware/printer/links/device-link.ts';
import { tcpLink } from '../hardware/printer/links/tcp-link.ts';
import type { PaperLine } from '../hardware/printer/paper.ts';
import type { PrinterStatus, PrintOutcome } from '../hardware/printer/status.ts';
import { TicketPrinter } from '../hardware/printer/ticket-printer.ts';
import { VirtualPrinter } from '../hardware/printer/virtual-printer.ts';
import { unreachable } from './basics/assert.ts';
import { BadSetting } from './config.ts';
import type { DeviceId } from './domain/ids.ts';
import type { DeviceWatch } from './live/devices.ts';
import type { PaperOutcome, PaperPort, PrinterCondition } from './live/paper.ts';
import { testSlip, ticketSlip } from './print/ticket-slip.ts';

const PRINTER_ID = 'printer-1' as DeviceId;
/** Dots across 80 mm paper at 8 dots a millimetre. */
const WIDTH_DOTS = 576;

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
  const place = printerPlace(setting);
  if (!place.ok) throw new BadSetting(`PRINTER: ${place.error}`);
  const virtual = place.value.kind === 'virtual' ? new VirtualPrinter() : null;
  const onStatus = (status: PrinterStatus): void => {
    devices.printer(PRINTER_ID, '1', status.condition);
    log.info({ condition: status.condition, link: status.link, lastError: status.lastError }, 'the printer changed');
  };
  const openLink = virtual ? virtual.open : linkTo(place.value);
  const printer = new TicketPrinter({ openLink, now, onStatus, answers: place.value.kind !== 'file' });
  printer.start();
  const print = async (lines: readonly PaperLine[]): Promise<PaperOutcome> => {
    return outcomeOf(await printer.print(encodeSlip(drawPaper(lines, WIDTH_DOTS))));
  };
  const paper: PaperPort = {
    printerId: PRINTER_ID,
    condition: () => forVisitors(printer.status),
    print: (_, facts) => print(ticketSlip(facts)),
    test: (_, plan) => print(testSlip(plan, now())),
    clear: async () => void (await printer.clear()),
  };
  return { paper, virtual, stop: () => printer.stop() };
}

function linkTo(place: PrinterPlace): OpenLink {
  switch (place.kind) {
    case 'tcp':
      return tcpLink(place.host, place.port);
    case 'usb':
      return usbLink(place.path);
    case 'file':
      return fileLink(place.path);
    case 'virtual':
      throw new Error('a virtual printer brings its own link');
    default:
      return unreachable(place);
  }
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
