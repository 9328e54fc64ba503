import { displayBoard } from '../boards/display-board.ts';
import type { DisplayBoard } from '../contract/boards.ts';
import type { Panel } from '../domain/hall.ts';
import type { Guest, OfficeServer, OfficeSocket } from './boards-out.ts';
import { momentOf, type Office } from './office.ts';

type DisplayGuest = Extract<Guest, { surface: 'display' }>;

const ROOM = 'display|';

/**
 * Displays that show the same stand in one room, so that a board is made and packed once however many look at it. Which room
 * that is follows the display's settings, also while it is connected.
 */
export class DisplayRooms {
  readonly #office: Office;
  readonly #io: OfficeServer;

  constructor(office: Office, io: OfficeServer) {
    this.#office = office;
    this.#io = io;
  }

  /** Puts a new display into its room. @returns its first board */
  enter(socket: OfficeSocket, guest: DisplayGuest): DisplayBoard {
    const panel = this.#panelOf(guest);
    void socket.join(roomOf(panel));
    return this.#boardFor(panel);
  }

  /** Settings have changed: every display stands where it belongs now. */
  rearrange(): void {
    for (const socket of this.#io.of('/').sockets.values()) {
      const { guest } = socket.data;
      if (guest.surface !== 'display') continue;
      const room = roomOf(this.#panelOf(guest));
      if (socket.rooms.has(room)) continue;
      for (const other of socket.rooms) if (other.startsWith(ROOM)) void socket.leave(other);
      void socket.join(room);
    }
  }

  send(): void {
    for (const room of this.#io.of('/').adapter.rooms.keys()) {
      if (room.startsWith(ROOM)) this.#io.to(room).emit('board', this.#boardFor(panelIn(room)));
    }
  }

  #panelOf({ deviceId, area }: DisplayGuest): Panel {
    return this.#office.hall.panelFor(deviceId, area);
  }

  #boardFor(panel: Panel): DisplayBoard {
    return displayBoard(momentOf(this.#office), this.#office.hall.now, panel);
  }
}

function roomOf({ diagonalInches, distanceM, areaId }: Panel): string {
  return `${ROOM}${JSON.stringify([diagonalInches, distanceM, areaId])}`;
}

function panelIn(room: string): Panel {
  // Made by `roomOf` above.
  const [diagonalInches, distanceM, areaId] = JSON.parse(room.slice(ROOM.length)) as [number, number, string | null];
  return { diagonalInches, distanceM, areaId };
}
