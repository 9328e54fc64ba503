import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import type { DefaultEventsMap } from 'socket.io';
import type { DeviceDoor } from '../accounts/device-door.ts';
import type { StaffDoor } from '../accounts/staff-door.ts';
import { err } from '../basics/result.ts';
import { REQUESTS, type RequestName, type Row, type ServerToClient } from '../contract/events.ts';
import type { KeypadPress } from '../contract/keypad.ts';
import type { DeviceId } from '../domain/ids.ts';
import type { Doorway } from '../http/doorway.ts';
import { protectiveHeaders } from '../http/protective-headers.ts';
import type { Allowance } from './allowance.ts';
import { Allowances } from './allowances.ts';
import { answer, type Answering, type Caller, type Watch } from './answer.ts';
import { BoardsOut, type Guest, type OfficeServer, type OfficeSocket, type SocketData } from './boards-out.ts';
import type { Commands } from './commands.ts';
import { Connections } from './connections.ts';
import type { DeviceWatch } from './devices.ts';
import { letIn, type LetIn } from './gate.ts';
import type { Office } from './office.ts';
import { sameCaller } from './same-caller.ts';
import { Visits } from './visits.ts';

/** The largest message a client may send (bytes); a larger one closes the connection. */
export const MESSAGE_AT_MOST = 16 * 1024;
/** A connection that sends this many malformed messages is closed. */
const MALFORMED_AT_MOST = 20;
/** A connection that has taken nothing over this many pulses does not read, and is closed. */
const DEAF_AFTER_PULSES = 2;
const PULSE_EVERY_MS = 2_000;
/** A kiosk has one page, perhaps a second while it reloads; a person has some tabs on some tablets. */
const DEVICE_CONNECTIONS = 8;
const STAFF_CONNECTIONS = 16;

/** What is counted of the sockets, for metrics. */
export interface Counts {
  readonly request: (event: string, outcome: 'ok' | 'refused' | 'fault' | 'ignored') => void;
}

export interface Sockets {
  readonly io: OfficeServer;
  readonly boards: BoardsOut;
  /** Ends the connections of one session. */
  readonly endSession: (session: string) => void;
  /** Tells one kiosk, and no other, what happened at its keypad. */
  readonly press: (kioskId: DeviceId, press: KeypadPress) => void;
  /** Ends the connections of one screen that was cut off. */
  readonly endDevice: (device: DeviceId) => void;
  readonly close: () => Promise<void>;
}

interface Parts {
  readonly office: Office;
  readonly commands: Commands;
  readonly doors: { readonly staff: StaffDoor; readonly devices: DeviceDoor };
  readonly doorway: Doorway;
  readonly devices: DeviceWatch;
  readonly log: Logger;
  readonly counts: Counts;
  readonly secure: boolean;
  /** Whether headphones are in the keypad of this kiosk; `null`: it has none, or nobody knows. */
  readonly jackAt: (kioskId: DeviceId) => 'in' | 'out' | null;
}

/** The live office over socket.io: one namespace, a room per surface, one listener per row of the event table. */
export function openSockets(http: HttpServer | HttpsServer, parts: Parts): Sockets {
  const { doorway, office, devices, doors, log } = parts;
  const onStranger = ({ headers }: IncomingMessage): void => {
    // An address alone: what else a stranger writes there stands in no log.
    const origin = URL.parse(headers.origin ?? '')?.origin ?? null;
    log.warn({ origin }, 'a connection from elsewhere was refused');
  };
  const io: OfficeServer = new Server<DefaultEventsMap, ServerToClient, DefaultEventsMap, SocketData>(http, {
    serveClient: false,
    destroyUpgrade: false,
    maxHttpBufferSize: MESSAGE_AT_MOST,
    perMessageDeflate: false,
    httpCompression: false,
    allowRequest: (request, decide) => {
      const ours = doorway.isOurHost(request) && doorway.isOurOrigin(request);
      if (!ours) onStranger(request);
      decide(ours ? null : 'forbidden', ours);
    },
  });
  const protective = Object.entries(protectiveHeaders(parts.secure));
  // Before anything is looked at: an answer that refuses carries them too.
  io.engine.use((_request: IncomingMessage, response: ServerResponse, next: () => void) => {
    for (const [name, value] of protective) response.setHeader(name, value);
    next();
  });
  const madeWith = new Map<string, IncomingMessage>();
  io.engine.on(
    'connection',
    (connection: { id: string; request: IncomingMessage; once: (event: 'close', told: () => void) => void }) => {
      madeWith.set(connection.id, connection.request);
      connection.once('close', () => madeWith.delete(connection.id));
    },
  );
  io.engine.use(sameCaller(doorway, (id) => madeWith.get(id), parts.secure, onStranger));
  const allowances = new Allowances();
  const connections = new Connections();
  const boards = new BoardsOut(office, io, devices, (deviceId) => doors.devices.nameOf(deviceId));
  const visits = new Visits(doors.devices, devices, log);
  io.use((socket, next) => {
    const { auth } = socket.handshake;
    letIn({ auth, request: socket.request, secure: parts.secure }, doors, office.plan().rules)
      .then((guest) => {
        if (typeof guest === 'string') {
          next(new Error(guest));
          return;
        }
        const key = whoseKey(guest.guest);
        if (!connections.enter(key, connectionsAtMost(guest))) {
          log.warn({ surface: guest.guest.surface }, 'too many connections of one device or person');
          next(new Error('too-many'));
          return;
        }
        socket.conn.once('close', () => connections.leave(key));
        socket.data.guest = guest.guest;
        socket.data.untaken = 0;
        socket.conn.on('drain', () => (socket.data.untaken = 0));
        welcome(socket, guest);
        next();
      })
      .catch((cause: unknown) => {
        log.error({ cause: String(cause) }, 'a connection could not be checked');
        next(new Error('outage'));
      });
  });
  io.on('connection', (socket) => {
    const { guest } = socket.data;
    void socket.join(guest.surface);
    if (guest.surface === 'console') {
      void socket.join(`session/${guest.session}`);
      // What ended while this socket was being let in found no connection to cut: asked once more, now that it is here.
      void endIfOver(guest.session);
    } else {
      void socket.join(`device/${guest.deviceId}`);
      if (doors.devices.isRevoked(guest.deviceId)) {
        socket.emit('ended');
        socket.disconnect(true);
        return;
      }
      devices.connected(guest.deviceId, guest.surface, guest.name);
      const jack = guest.surface === 'kiosk' ? parts.jackAt(guest.deviceId) : null;
      if (jack) socket.emit('keypad', { jack });
      visits.note(guest.deviceId);
    }
    socket.emit('board', boards.boardFor(socket, guest));
    socket.emit('pulse', office.now());
    socket.on('disconnect', (reason) => {
      if (guest.surface !== 'console') {
        devices.disconnected(guest.deviceId);
        visits.note(guest.deviceId);
      }
      if (reason === 'transport error' || reason === 'parse error')
        log.warn({ reason, surface: guest.surface }, 'a connection broke');
    });
    socket.conn.on('close', (reason: string, detail: unknown) => {
      if (String(detail).includes('Max payload'))
        log.warn({ reason, surface: guest.surface }, 'an oversized message closed its connection');
    });
  });

  /** Hears every row of the table, and nothing else. `answer` checks whatever came, the function for the reply included. */
  function welcome(socket: OfficeSocket, { guest, role, limits }: LetIn): void {
    const caller: Caller =
      guest.surface === 'console'
        ? { role, actor: guest.staffId, session: guest.session }
        : { role, actor: guest.deviceId };
    const allowance = allowances.of(whoseKey(guest), limits, office.now());
    let malformed = 0;
    // One listener for all rows, made ready as they are asked for: a listener per row and socket was most of what a screen cost
    // that comes back, and a thousand of them come back at once.
    const answers = new Map<RequestName, ReturnType<typeof answer<Row>>>();
    socket.onAny((event: string, request: unknown, reply: unknown) => {
      if (!isRequestName(event)) {
        parts.counts.request('unknown', 'ignored');
        log.warn({ surface: guest.surface }, 'an unknown request was ignored');
        return;
      }
      const row: Row = REQUESTS[event];
      if (guest.surface === 'console' && row.byItself !== true)
        void doors.staff.used(guest.session).catch(() => undefined);
      const answering = answers.get(event) ?? answer<Row>(row, limited(event, allowance), caller, watch(event));
      answers.set(event, answering);
      void answering(request, reply as Parameters<typeof answering>[1]);
    });

    function limited(name: RequestName, bucket: Allowance): Answering<Row> {
      const command = parts.commands[name] as Answering<Row>;
      return async (request, asking) => {
        const retryAfterMs = bucket.take(office.now());
        if (retryAfterMs > 0) return err({ code: 'too-many-requests', retryAfterMs });
        const result = await command(request, asking);
        if (result.ok) parts.counts.request(name, 'ok');
        return result;
      };
    }

    function watch(name: RequestName): Watch {
      return {
        fault: ({ code, reference }, cause) => {
          parts.counts.request(name, 'fault');
          const level = code === 'outage' ? 'error' : 'warn';
          log[level]({ event: name, code, reference, role, cause: faultWords(code, cause) }, 'a request failed');
          if (code === 'malformed') malformed += 1;
          // Its last answer leaves first.
          if (malformed >= MALFORMED_AT_MOST) setImmediate(() => socket.disconnect(true));
        },
        refused: () => parts.counts.request(name, 'refused'),
        ignored: () => {
          parts.counts.request(name, 'ignored');
          log.warn({ event: name, role }, 'a request without acknowledgement was ignored');
        },
      };
    }
  }

  const pulse = setInterval(() => {
    io.emit('pulse', office.now());
    for (const socket of io.of('/').sockets.values()) dropIfDeaf(socket);
    void endStaleSessions();
  }, PULSE_EVERY_MS);

  function dropIfDeaf(socket: OfficeSocket): void {
    const { conn, data } = socket;
    data.untaken = conn.transport.writable ? 0 : data.untaken + 1;
    if (data.untaken <= DEAF_AFTER_PULSES) return;
    log.warn({ surface: data.guest.surface }, 'a connection that does not read was closed');
    endAtOnce(socket);
  }

  /** A polite goodbye would stand behind all that is not read, and keep it in memory. */
  function endAtOnce({ conn }: OfficeSocket): void {
    const { socket: raw } = conn.transport as { socket?: { terminate?: () => void } };
    if (raw?.terminate) raw.terminate();
    else conn.close(true);
  }

  async function endStaleSessions(): Promise<void> {
    for (const socket of io.of('/').sockets.values()) {
      const { guest } = socket.data;
      if (guest.surface === 'console') await endIfOver(guest.session);
    }
  }

  async function endIfOver(session: string): Promise<void> {
    if (!(await doors.staff.lasts(session).catch(() => true))) endSession(session);
  }

  function endSession(session: string): void {
    io.to(`session/${session}`).emit('ended');
    io.in(`session/${session}`).disconnectSockets(true);
  }

  return {
    io,
    boards,
    endSession,
    press: (kioskId, press) => io.to(`device/${kioskId}`).emit('keypad', press),
    endDevice: (device) => {
      io.to(`device/${device}`).emit('ended');
      io.in(`device/${device}`).disconnectSockets(true);
    },
    close: async () => {
      clearInterval(pulse);
      boards.stop();
      await io.close();
      await visits.close();
    },
  };
}

function isRequestName(event: string): event is RequestName {
  return Object.hasOwn(REQUESTS, event);
}

/** Connections of one device or person count together, whatever the page. */
function whoseKey(guest: Guest): string {
  return guest.surface === 'console' ? `staff/${guest.staffId}` : `device/${guest.deviceId}`;
}

/** A device that may ask more at once may also be here more often: a bench raises one number. */
function connectionsAtMost({ guest, limits }: LetIn): number {
  return guest.surface === 'console' ? STAFF_CONNECTIONS : Math.max(DEVICE_CONNECTIONS, limits.burst);
}

/** What may stand in a log about a fault: never what a client sent. */
function faultWords(code: string, cause: unknown): string {
  if (code === 'malformed' && cause && typeof cause === 'object' && 'issues' in cause) {
    const issues = cause.issues as readonly { readonly path: readonly PropertyKey[]; readonly code: string }[];
    return issues
      .map((issue) => `${issue.path.map(String).join('.')}: ${issue.code}`)
      .join('; ')
      .slice(0, 200);
  }
  return cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 300) : String(cause).slice(0, 100);
}
