import { randomUUID } from 'node:crypto';
import { connect, pair, type OfficeSocket } from '../support/clients.ts';
import { serveVirtualPrinter } from '../../hardware/printer/virtual/tcp-server.ts';
import { VirtualPrinter } from '../../hardware/printer/virtual-printer.ts';
import { OfficeProcess } from '../support/server.ts';
import { figuresOf, row } from './figures.ts';

const SLIPS = 20;
const TROUBLES = 20;
/** A kiosk may ask 40 times a minute (milliseconds). */
const BETWEEN_TAPS_MS = 1_600;

/**
 * How long a visitor waits for paper, and staff for a word about trouble: a printer in the network (port of its own, over
 * TCP), the whole office in between.
 *
 * @returns rows of the table
 */
export async function measurePaper(printAs: 'raster' | 'fonts'): Promise<readonly string[]> {
  const printer = new VirtualPrinter();
  const server = await serveVirtualPrinter(printer, 0);
  const office = await OfficeProcess.start({
    LOG_LEVEL: 'error',
    PRINTER: `tcp://127.0.0.1:${server.port}?print=${printAs}`,
  });
  const { socket: kiosk } = await connect(office.url, 'kiosk', await pair(office.url, 'kiosk'));
  const heard = new Map<string, () => void>();
  const { socket: staff } = await connect(office.url, 'console', await office.signInFirst(), (made) =>
    made.on('board', (board) => {
      if (board.surface !== 'desk') return;
      const condition = board.devices.find(({ kind }) => kind === 'printer')?.condition ?? '';
      heard.get(condition)?.();
    }),
  );
  const slips = await eachSlip(kiosk, printer);
  const bytes = printer.slips.at(-1)?.bytes.length ?? 0;
  const alarms = await eachTrouble(printer, heard);
  kiosk.disconnect();
  staff.disconnect();
  await office.stop();
  await server.close();
  return [
    row(`tap → last byte, ${printAs}, ${Math.round(bytes / 1000)} kB`, figuresOf(slips)),
    row(`paper out → console, ${printAs}`, figuresOf(alarms)),
  ];
}

async function eachSlip(kiosk: OfficeSocket, printer: VirtualPrinter): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let i = 0; i < SLIPS; i++) {
    const last = printer.slips.at(-1)?.id ?? 0;
    const at = performance.now();
    const tap = { requestId: randomUUID(), needId: 'pension.certificate', language: 'et' } as const;
    const answer = await kiosk.emitWithAck('ticket:issue', tap);
    if (!answer.ok) throw new Error(answer.error.code);
    while ((printer.slips.at(-1)?.id ?? 0) === last) await pause(1);
    taken.push(performance.now() - at);
    await pause(BETWEEN_TAPS_MS);
  }
  return taken;
}

async function eachTrouble(printer: VirtualPrinter, heard: Map<string, () => void>): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let i = 0; i < TROUBLES; i++) {
    const said = (condition: string) => new Promise<void>((resolve) => heard.set(condition, resolve));
    const out = said('paper-out');
    const at = performance.now();
    printer.set({ paper: 'out' });
    await out;
    taken.push(performance.now() - at);
    const well = said('ok');
    printer.set({ paper: 'enough' });
    await well;
  }
  return taken;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
