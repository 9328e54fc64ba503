import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { VirtualPrinter } from '../virtual-printer.ts';

/** A virtual printer at a TCP port, as a network printer stands: it talks to one client at a time. */
export async function serveVirtualPrinter(
  printer: VirtualPrinter,
  port = 0,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const clients = new Set<Socket>();
  const server = createServer((socket) => {
    clients.add(socket);
    socket.on('close', () => clients.delete(socket));
    socket.on('error', () => socket.destroy());
    void serve(printer, socket);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => closed(server, clients),
  };
}

async function serve(printer: VirtualPrinter, socket: Socket): Promise<void> {
  const { unplugged, refusesSecond } = printer.knobs;
  if (unplugged || (printer.isLinked && refusesSecond)) {
    socket.destroy();
    return;
  }
  if (printer.isLinked) return;
  const link = printer.attach();
  socket.on('close', () => link.cut());
  void (async () => {
    for await (const bytes of link.bytes()) socket.write(bytes);
    socket.destroy();
  })();
  try {
    for await (const chunk of socket) await link.write(chunk as Uint8Array, new AbortController().signal);
  } catch {
    socket.destroy();
  }
}

function closed(server: Server, clients: ReadonlySet<Socket>): Promise<void> {
  for (const client of clients) client.destroy();
  return new Promise((resolve) => server.close(() => resolve()));
}
