import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Doorway } from '../http/doorway.ts';
import { readCookie, type CookieName } from '../http/cookies.ts';

const IDENTITIES: readonly CookieName[] = ['session', 'kiosk', 'display'];

type Next = (refused?: Error) => void;

/**
 * Asked of every request of a connection, not only of the first: engine.io checks the origin of a handshake and nothing
 * of what comes later with the connection's id. A request that belongs to a connection comes from a page of ours and
 * carries the cookies the connection was made with; the id alone opens nothing.
 *
 * @param requestOf the request a connection was made with, by its id
 * @param onStranger told of each that is refused
 */
export function sameCaller(
  doorway: Doorway,
  requestOf: (connection: string) => IncomingMessage | undefined,
  secure: boolean,
  onStranger: (request: IncomingMessage) => void,
) {
  return (request: IncomingMessage, _response: ServerResponse, next: Next): void => {
    if (!doorway.isOurHost(request) || !doorway.isOurOrigin(request) || !doorway.isOurFetch(request)) {
      onStranger(request);
      next(new Error('forbidden'));
      return;
    }
    const connection = new URL(request.url ?? '', 'http://office').searchParams.get('sid');
    const made = connection === null ? undefined : requestOf(connection);
    const same =
      !made || IDENTITIES.every((name) => readCookie(made, name, secure) === readCookie(request, name, secure));
    if (!same) onStranger(request);
    next(same ? undefined : new Error('forbidden'));
  };
}
