import { bare } from './clip-id.ts';

/** A text with places for values: what of it stands fast, and a pattern that finds the values in the finished text. */
export interface Template {
  readonly pattern: RegExp;
  readonly pieces: readonly ({ readonly fixed: string } | { readonly slot: string })[];
}

type Texts = { readonly [key: string]: string | Texts };

/** Values that are whole numbers wherever they stand; the others are words or times. */
const NUMBERS = new Set(['count', 'from', 'to', 'page', 'pages', 'index', 'step', 'steps']);

/** The templates among these texts, the most particular first, so that a vague one cannot take another's words. */
export function templatesOf(texts: Texts): readonly Template[] {
  return plain(texts)
    .filter((text) => text.includes('{{'))
    .map((text) => bare(text))
    .toSorted((a, b) => fixedLength(b) - fixedLength(a))
    .map(templateOf);
}

/** Every text of a file, without its keys. */
export function plain(texts: Texts): readonly string[] {
  return Object.values(texts).flatMap((text) => (typeof text === 'string' ? [text] : plain(text)));
}

function templateOf(text: string): Template {
  const pieces = text
    .split(/(\{\{\w+\}\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (piece.startsWith('{{') ? { slot: piece.slice(2, -2) } : { fixed: piece }));
  const source = pieces.map((piece) => ('slot' in piece ? slotPattern(piece.slot) : escaped(piece.fixed))).join('');
  return { pattern: new RegExp(`^${source}$`, 'u'), pieces };
}

function slotPattern(slot: string): string {
  return `(?<${slot}>${NUMBERS.has(slot) ? '\\d+' : '.+'})`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function fixedLength(text: string): number {
  return text.replace(/\{\{\w+\}\}/g, '').length;
}
