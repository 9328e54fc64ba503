const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/**
 * The name of the recording of a text: made from the words alone, so that changed words ask for a new recording and the
 * same words, wherever they stand, share one. FNV-1a with 64 bits: a browser can reckon it at once, also without HTTPS.
 */
export function clipId(text: string): string {
  let hash = OFFSET;
  for (const byte of new TextEncoder().encode(bare(text))) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  return `s-${hash.toString(36)}`;
}

/** A text as it sounds: without signs of where a line may break, doubled spaces and signs at its ends. A question stays a question. */
export function bare(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u00AD\u2060]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.,;:·–—]+|[\s.,;:·–—…]+$/gu, '');
}

/** The sentences of a text. Each has a recording of its own, because screens put the same ones together differently. */
export function sentencesOf(text: string): readonly string[] {
  return bare(text)
    .split(/(?<=[.!?…])\s+(?=[\p{Lu}\d„“«"(])/u)
    .map(bare);
}

/** Whether there is something in it to say. */
export function sounds(text: string): boolean {
  return /[\p{L}\d]/u.test(text);
}
