import { createHash } from 'node:crypto';

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** JSON with the keys of every object in code-point order, so the same record always has the same text. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

/**
 * The seal of one line of the journal. It covers the line before, so an edited, removed or swapped line shows.
 *
 * @param prevHash the seal of the line before, `""` for the first
 * @param record the exported record, `prevHash` included, `hash` not
 * @returns SHA-256 as 64 hexadecimal digits
 */
export function chainHash(prevHash: string, record: Json): string {
  return createHash('sha256')
    .update(`${prevHash}\n${canonicalJson(record)}`)
    .digest('hex');
}

/** `Array.isArray` that also narrows a read-only list. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
