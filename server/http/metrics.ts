import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { Outage } from '../basics/outage.ts';
import { waitingCount } from '../domain/queue.ts';
import type { Office } from '../live/office.ts';
import type { Counts } from '../live/sockets.ts';

export interface Metrics {
  readonly registry: Registry;
  readonly counts: Counts;
}

/** Counters without labels that could carry anything personal: the event's name and how it ended. */
export function makeMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'infolett_requests_total',
    help: 'Requests over sockets, by event and outcome',
    labelNames: ['event', 'outcome'],
    registers: [registry],
  });
  return { registry, counts: { request: (event, outcome) => requests.inc({ event, outcome }) } };
}

/** How many wait now. */
export function watchQueue({ registry }: Metrics, office: Office): void {
  new Gauge({
    name: 'infolett_waiting',
    help: 'Tickets that wait now',
    registers: [registry],
    collect() {
      this.set(waitingCount(office.ledger.committed));
    },
  });
}

/** `/metrics` on a port of its own, on the loopback address only. */
export function serveMetrics({ registry }: Metrics, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new Outage(`cannot listen on METRICS_PORT ${port}: ${cause.message}`, { cause }));
    });
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
