import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../server/contract/language.ts';

/** Names of the text files; each surface bundles only its own, by importing the file itself. */
export const NAMESPACES = [
  'account',
  'announce',
  'calling',
  'console',
  'device',
  'display',
  'hall',
  'keypad',
  'kiosk',
  'office',
  'pairing',
  'phone',
  'printer',
  'records',
  'refusal',
  'safety',
  'screens',
  'slip',
  'speech',
  'staff',
  'waiting',
] as const;
export type Namespace = (typeof NAMESPACES)[number];

/** A text, or texts by the name of the thing on the screen. */
export type Texts = { readonly [key: string]: string | Texts };

/** All texts of one language, for tests and tools. Server only: a page would carry the whole house. */
export function catalogue(language: Language): Readonly<Record<Namespace, Texts>> {
  const read = (namespace: Namespace): Texts =>
    JSON.parse(readFileSync(join(import.meta.dirname, language, `${namespace}.json`), 'utf8')) as Texts;
  return Object.fromEntries(NAMESPACES.map((namespace) => [namespace, read(namespace)])) as Record<Namespace, Texts>;
}

/** The namespaces there are on disk: a file nobody listed would never be checked. */
export function namespacesOf(language: Language): readonly string[] {
  return readdirSync(join(import.meta.dirname, language))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

/** Every text with the path to it, `wait.range_one`. */
export function flatten(texts: Texts, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [[`${path}${key}`, text] as const] : flatten(text, `${path}${key}.`),
  );
}
