import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import sirv from 'sirv';
import type { Pages } from './router.ts';

/** The built apps: kiosk, display and phone ticket at `/`, the console at `/console/`. */
export function builtPages(buildDir: string): Pages {
  const kiosk = files(join(buildDir, 'kiosk'));
  const phone = files(join(buildDir, 'kiosk'), 'phone.html');
  const staff = files(join(buildDir, 'console'), 'index.html');
  return (request, response, { pathname, search }) => {
    if (pathname === '/console') {
      response.writeHead(308, { location: `/console/${search}` }).end();
    } else if (pathname.startsWith('/console/')) {
      request.url = `${pathname.slice('/console'.length)}${search}`;
      staff(request, response);
    } else if (pathname === '/waiting') {
      request.url = `/waiting.html${search}`;
      kiosk(request, response);
    } else if (pathname.startsWith('/t/')) {
      phone(request, response);
    } else {
      kiosk(request, response);
    }
  };
}

export function isBuilt(buildDir: string): boolean {
  return existsSync(join(buildDir, 'kiosk', 'index.html')) && existsSync(join(buildDir, 'console', 'index.html'));
}

/** @param fallback the page for paths without a file of their own */
function files(dir: string, fallback?: string): (request: IncomingMessage, response: ServerResponse) => void {
  const serve = sirv(dir, {
    etag: true,
    brotli: true,
    gzip: true,
    ...(fallback === undefined ? {} : { single: fallback }),
    setHeaders: (response, path) => {
      response.setHeader(
        'cache-control',
        path.includes('/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  return (request, response) => {
    // A range that ends before it begins makes the file server throw. Our files are small: they are always sent whole.
    delete request.headers.range;
    // The list of files is made at the start; a file that a new build has taken away since then is no bug.
    response.once('pipe', (file: Readable) => file.once('error', () => response.destroy()));
    serve(request, response, () => {
      response.statusCode = 404;
      response.setHeader('content-type', 'text/plain; charset=utf-8');
      response.end('404');
    });
  };
}
