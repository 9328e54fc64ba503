import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The built apps: kiosk, display and phone ticket at `/`, the console at `/console/`. */
export function builtPages(buildDir: string): Handler {
  const kiosk = files(join(buildDir, 'kiosk'));
  const phone = files(join(buildDir, 'kiosk'), 'phone.html');
  const staff = files(join(buildDir, 'console'), 'index.html');
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://office');
    if (url.pathname === '/console') {
      response.writeHead(308, { location: `/console/${url.search}` }).end();
    } else if (url.pathname.startsWith('/console/')) {
      request.url = `${url.pathname.slice('/console'.length)}${url.search}`;
      staff(request, response);
    } else if (url.pathname.startsWith('/t/')) {
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
function files(dir: string, fallback?: string): Handler {
  const serve = sirv(dir, {
    etag: true,
    ...(fallback === undefined ? {} : { single: fallback }),
    setHeaders: (response, path) => {
      response.setHeader(
        'cache-control',
        path.includes('/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  return (request, response) => {
    serve(request, response, () => {
      response.statusCode = 404;
      response.setHeader('content-type', 'text/plain; charset=utf-8');
      response.end('404');
    });
  };
}
