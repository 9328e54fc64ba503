import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { BadBody, jsonBody } from './router.ts';

/** The checked body of a request. @throws BadBody when it is not as the schema says */
export async function checkedBody<T extends z.ZodType>(request: IncomingMessage, schema: T): Promise<z.output<T>> {
  const parsed = schema.safeParse(await jsonBody(request));
  if (!parsed.success) throw new BadBody('not as expected');
  return parsed.data;
}
