import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { z } from 'zod';
import { REQUESTS, type RequestName } from '../../server/contract/events.ts';

/** As much of JSON schema (draft 2020-12) as the event table uses. */
interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

type Path = readonly string[];

/** A place in a request where somebody may type what they like, names and ids of things included. */
export interface TextField {
  readonly event: RequestName;
  readonly path: Path;
}

/** What the office knows by these names, so that a request gets past the first look. */
const KNOWN: Readonly<Record<string, unknown>> = {
  serviceId: 'info',
  deskId: 'lett-1',
  staffId: 'staff-specialist',
  profile: 'storm-audionav',
};

/** Every place of the event table that takes this text. */
export function textFieldsTaking(text: string): readonly TextField[] {
  return (Object.keys(REQUESTS) as RequestName[]).flatMap((event) =>
    textPaths(schemaOf(event), [], text).map((path) => ({ event, path })),
  );
}

/** A request that fits its schema, everything optional included, with a text at one place. */
export function sampleWith({ event, path }: TextField, text: string): unknown {
  return sample(schemaOf(event), [], { path: path.join('.'), text });
}

const schemas = new Map<RequestName, Schema>();

function schemaOf(event: RequestName): Schema {
  const known = schemas.get(event) ?? (z.toJSONSchema(REQUESTS[event].request, { io: 'input' }) as Schema);
  schemas.set(event, known);
  return known;
}

function textPaths(schema: Schema, at: Path, text: string): readonly Path[] {
  if (schema.properties) {
    return Object.entries(schema.properties).flatMap(([key, inner]) => textPaths(inner, [...at, key], text));
  }
  if (schema.items) return textPaths(schema.items, [...at, '0'], text);
  const choices = choicesOf(schema);
  if (choices) return unique(choices.flatMap((inner) => textPaths(inner, at, text)));
  return takes(schema, text) ? [at] : [];
}

function takes(schema: Schema, text: string): boolean {
  const { type, format, enum: words, const: fixed, maxLength = Number.MAX_SAFE_INTEGER } = schema;
  if (type !== 'string' || format !== undefined || words || fixed !== undefined) return false;
  return text.length <= maxLength && patternsOf(schema).every((pattern) => pattern.test(text));
}

function patternsOf({ pattern, allOf = [] }: Schema): readonly RegExp[] {
  return [...(pattern === undefined ? [] : [new RegExp(pattern, 'u')]), ...allOf.flatMap(patternsOf)];
}

function sample(schema: Schema, at: Path, planted: { readonly path: string; readonly text: string }): unknown {
  const here = at.join('.');
  if (here === planted.path) return planted.text;
  const key = at.at(-1) ?? '';
  const choices = choicesOf(schema);
  if (choices) {
    // The way that leads to the planted text; else the last, which is `null` where nothing is needed.
    const leading = choices.find((inner) =>
      textPaths(inner, at, planted.text).some((path) => path.join('.') === planted.path),
    );
    const last = choices.at(-1) ?? {};
    return sample(leading ?? last, at, planted);
  }
  if (schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, inner]) => [name, sample(inner, [...at, name], planted)]),
    );
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'array': {
      const wanted = planted.path.startsWith(`${here}.`) ? 1 : (schema.minItems ?? 0);
      return Array.from({ length: wanted }, () => sample(schema.items ?? {}, [...at, '0'], planted));
    }
    case 'string':
      return KNOWN[key] ?? stringFor(schema);
    case 'integer':
    case 'number':
      return numberFor(schema);
    case 'boolean':
      return false;
    case 'object':
      return {};
    default:
      return null;
  }
}

function numberFor({ minimum = 1, multipleOf = 1 }: Schema): number {
  return Math.ceil(Math.max(1, minimum) / multipleOf) * multipleOf;
}

const strings = new Map<string, string>();

function stringFor({ format, pattern, minLength = 1 }: Schema): string {
  if (format === 'uuid') return randomUUID();
  if (pattern === undefined) return 'a'.repeat(minLength);
  const known = strings.get(pattern) ?? oneMatching(pattern, minLength);
  strings.set(pattern, known);
  return known;
}

function oneMatching(pattern: string, minLength: number): string {
  const some = fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { numRuns: 20, seed: 7 });
  const found = some.find((text) => text.trim().length >= minLength);
  if (found === undefined) throw new Error(`nothing found that matches ${pattern}`);
  return found;
}

function choicesOf({ anyOf, oneOf }: Schema): readonly Schema[] | undefined {
  return anyOf ?? oneOf;
}

function unique(paths: readonly Path[]): readonly Path[] {
  return [...new Map(paths.map((path) => [path.join('.'), path])).values()];
}
