import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import { deskBoard, sharedDeskBoard, type Signed } from '../boards/desk-board.ts';
import { kioskBoard, sharedKioskBoard } from '../boards/kiosk-board.ts';
import type { Board } from '../contract/boards.ts';
import type { ServerToClient } from '../contract/events.ts';
import type { DeviceId } from '../domain/ids.ts';
import type { DeviceWatch } from './devices.ts';
import { DisplayRooms } from './display-rooms.ts';
import { hallState } from './hall-state.ts';
import { momentOf, type Office } from './office.ts';
import { Pacer } from './pacer.ts';

/** Whoever a socket was let in as. */
export type Guest =
  | { readonly surface: 'kiosk'; readonly deviceId: DeviceId; readonly name: string }
  | {
      readonly surface: 'display';
      readonly deviceId: DeviceId;
      readonly name: string;
      /** The area its address names. */
      readonly area: string | null;
    }
  | ({ readonly surface: 'console'; readonly session: string } & Signed);

export interface SocketData {
  guest: Guest;
  /** Pulses since this connection last took all that was sent to it. */
  untaken: number;
}

export type OfficeServer = Server<DefaultEventsMap, ServerToClient, DefaultEventsMap, SocketData>;

export type OfficeSocket = Socket<DefaultEventsMap, ServerToClient, DefaultEventsMap, SocketData>;

/** Under load a surface gets a board at most this often (milliseconds); when it is quiet, at once. */
const DISPLAY_EVERY_MS = 20;
const KIOSK_EVERY_MS = 100;
const DESK_EVERY_MS = 100;

/** Sends whole boards: to everybody after a commit, to one socket when it connects. The two are the same code. */
export class BoardsOut {
  readonly #office: Office;
  readonly #devices: DeviceWatch;
  readonly #kioskName: (deviceId: string) => string;
  readonly #io: OfficeServer;
  readonly #displays: DisplayRooms;
  readonly #consoles: Pacer;
  readonly #kiosks: Pacer;
  readonly #pacers: readonly Pacer[];

  constructor(office: Office, io: OfficeServer, devices: DeviceWatch, kioskName: (deviceId: string) => string) {
    this.#office = office;
    this.#io = io;
    this.#devices = devices;
    this.#kioskName = kioskName;
    this.#displays = new DisplayRooms(office, io);
    this.#consoles = new Pacer(DESK_EVERY_MS, () => this.#toConsoles());
    this.#kiosks = new Pacer(KIOSK_EVERY_MS, () => this.#toKiosks());
    this.#pacers = [new Pacer(DISPLAY_EVERY_MS, () => this.#displays.send()), this.#consoles, this.#kiosks];
  }

  /** Something changed: all surfaces are to see it. */
  ask(): void {
    for (const pacer of this.#pacers) pacer.ask();
  }

  /** Something changed that only staff see. */
  askConsoles(): void {
    this.#consoles.ask();
  }

  /**
   * A device came, went or fell ill. Displays show nothing of devices: were they told, a hall of them that comes back would tell
   * each of them about each other.
   */
  askAboutDevices(): void {
    this.#consoles.ask();
    this.#kiosks.ask();
  }

  /** The settings of the hall changed. */
  hallChanged(): void {
    this.#displays.rearrange();
    this.ask();
  }

  stop(): void {
    for (const pacer of this.#pacers) pacer.stop();
  }

  /** The first board of a new connection. */
  boardFor(socket: OfficeSocket, guest: Guest): Board {
    const moment = momentOf(this.#office);
    if (guest.surface === 'display') return this.#displays.enter(socket, guest);
    if (guest.surface === 'console') return deskBoard(this.#sharedDesk(), guest);
    return kioskBoard(this.#sharedKiosk(), moment.book, guest.deviceId);
  }

  #toKiosks(): void {
    if (!this.#anyIn('kiosk')) return;
    const shared = this.#sharedKiosk();
    const { book } = momentOf(this.#office);
    for (const socket of this.#socketsIn('kiosk')) {
      const { guest } = socket.data;
      if (guest.surface === 'kiosk') socket.emit('board', kioskBoard(shared, book, guest.deviceId));
    }
  }

  #toConsoles(): void {
    if (!this.#anyIn('console')) return;
    const shared = this.#sharedDesk();
    for (const socket of this.#socketsIn('console')) {
      const { guest } = socket.data;
      if (guest.surface === 'console') socket.emit('board', deskBoard(shared, guest));
    }
  }

  #sharedKiosk() {
    return sharedKioskBoard(momentOf(this.#office), this.#office.paper.condition(), this.#office.watch.mayIssue);
  }

  #sharedDesk() {
    const moment = momentOf(this.#office);
    const { rows } = this.#devices;
    return sharedDeskBoard(
      moment,
      rows,
      this.#kioskName,
      hallState(this.#office, moment, rows),
      this.#office.watch.rows,
    );
  }

  #anyIn(room: Guest['surface']): boolean {
    return this.#io.of('/').adapter.rooms.has(room);
  }

  *#socketsIn(room: Guest['surface']) {
    const { adapter, sockets } = this.#io.of('/');
    for (const id of adapter.rooms.get(room) ?? []) {
      const socket = sockets.get(id);
      if (socket) yield socket;
    }
  }
}
