import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Pages } from './http/router.ts';

/** Both apps from their sources, with hot reload, on the office's own port. */
export async function developmentPages(http: Server): Promise<Pages> {
  const { createServer } = await import('vite');
  const root = join(import.meta.dirname, '..');
  const open = (app: string) =>
    createServer({
      root: join(root, app),
      server: { middlewareMode: true, hmr: { server: http, path: `/hmr-${app}` } },
      appType: 'custom',
    });
  const [kiosk, console] = await Promise.all([open('kiosk'), open('console')]);
  return (request, response) => {
    const app = (request.url ?? '').startsWith('/console') ? console : kiosk;
    app.middlewares(request, response);
  };
}
