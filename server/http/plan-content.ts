import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Plan } from '../domain/plan.ts';

interface Made {
  readonly plan: Plan;
  readonly plain: Buffer;
  readonly packed: Buffer;
}

/**
 * Sends what a surface may know of a plan. The text is made and packed once per plan version, however many screens come
 * back at the same moment.
 */
export function planContent(view: (plan: Plan) => object) {
  let made: Made | null = null;
  return ({ headers }: IncomingMessage, response: ServerResponse, plan: Plan): void => {
    if (made?.plan !== plan) {
      const plain = Buffer.from(JSON.stringify(view(plan)));
      made = { plan, plain, packed: gzipSync(plain) };
    }
    const packs = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.setHeader('vary', 'accept-encoding');
    if (packs) response.setHeader('content-encoding', 'gzip');
    response.end(packs ? made.packed : made.plain);
  };
}
