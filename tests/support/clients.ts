import { io, type Socket } from 'socket.io-client';
import type { Board } from '../../server/contract/boards.ts';
import type { ClientToServer, Hello, ServerToClient } from '../../server/contract/events.ts';

export type OfficeSocket = Socket<ServerToClient, ClientToServer>;

/** How long a client waits for one answer before it counts as lost. */
const ANSWER_WITHIN_MS = 10_000;

/** Pairs a device of this machine with the demonstration office. @returns its cookie */
export async function pair(url: string, surface: 'kiosk' | 'display'): Promise<string> {
  return cookieOf(await post(url, '/api/pair', { surface }));
}

/** Signs a member of staff in. @returns the session's cookie */
export async function signIn(url: string, username: string, passphrase: string): Promise<string> {
  return cookieOf(await post(url, '/api/sign-in', { username, passphrase }));
}

/** Makes the first account with the one-time token and signs it in. @returns the session's cookie */
export async function firstAccount(
  url: string,
  account: { readonly token: string; readonly username: string; readonly name: string; readonly passphrase: string },
): Promise<string> {
  return cookieOf(await post(url, '/api/first-account', account));
}

/**
 * A connected socket, after its first board.
 *
 * @param listen sets up whoever listens, before anything can come
 * @throws Error with the server's reason when it is refused
 */
export async function connect(
  url: string,
  surface: Hello['surface'],
  cookie: string,
  listen: (socket: OfficeSocket) => void = () => undefined,
): Promise<{ readonly socket: OfficeSocket; readonly board: Board }> {
  const socket: OfficeSocket = io(url, {
    transports: ['websocket'],
    auth: { surface } satisfies Hello,
    ackTimeout: ANSWER_WITHIN_MS,
    forceNew: true,
    extraHeaders: { cookie, origin: new URL(url).origin },
  });
  listen(socket);
  const board = await new Promise<Board>((resolve, reject) => {
    socket.once('board', resolve);
    socket.once('connect_error', reject);
  });
  return { socket, board };
}

async function post(url: string, path: string, body: object): Promise<Response> {
  const response = await fetch(new URL(path, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}

function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}
