import { basename } from 'node:path';

/** What a process did to files of interest and to its sockets, in order. Offsets in bytes. */
export type Deed =
  | { readonly kind: 'write'; readonly file: string; readonly at: number | 'end'; readonly bytes: Buffer }
  | { readonly kind: 'cut'; readonly file: string; readonly size: number }
  | { readonly kind: 'flushed'; readonly file: string }
  /** Numbers of tickets that left for somebody's screen. */
  | { readonly kind: 'told'; readonly numbers: readonly string[] };

/** What strace is asked for: enough to know every change of a file and everything that leaves. */
export const TRACED = 'trace=write,writev,pwrite64,pwritev,ftruncate,fsync,fdatasync';

const CALL = /^(?<tid>\d+)\s+(?<name>\w+)\(\d+<(?<on>[^>]*)>(?<rest>.*)$/s;
const RESUMED = /^(?<tid>\d+)\s+<\.\.\. (?<name>\w+) resumed>/;
const TEXT = /"((?:[^"\\]|\\.)*)"/g;
const NUMBER = /"number":"([A-Z]\d{3,4})"/g;

/**
 * Reads what `strace -f -y -x` wrote about one process.
 *
 * A write counts from its beginning, for it may have reached the disk or a screen by then; a flush only from its end.
 *
 * @param files names of the files that matter
 * @throws Error for a text that strace has shortened
 */
export function deedsIn(trace: string, files: readonly string[]): readonly Deed[] {
  const deeds: Deed[] = [];
  const flushing = new Map<string, string>();
  for (const line of trace.split('\n')) {
    const resumed = RESUMED.exec(line)?.groups;
    if (resumed) {
      const file = flushing.get(resumed['tid'] ?? '');
      if (file !== undefined) deeds.push({ kind: 'flushed', file });
      flushing.delete(resumed['tid'] ?? '');
      continue;
    }
    const { tid = '', name = '', on = '', rest = '' } = CALL.exec(line)?.groups ?? {};
    const file = basename(on);
    if (/^(TCP|socket)/.test(on)) {
      const numbers = [...textsIn(rest).join('').matchAll(NUMBER)].map(([, number = '']) => number);
      if (numbers.length > 0) deeds.push({ kind: 'told', numbers });
    } else if (files.includes(file)) {
      if (name === 'fsync' || name === 'fdatasync') {
        if (rest.includes('<unfinished')) flushing.set(tid, file);
        else deeds.push({ kind: 'flushed', file });
      } else if (name === 'ftruncate') deeds.push({ kind: 'cut', file, size: Number(/\d+/.exec(rest)?.[0]) });
      else deeds.push(written(name, file, rest));
    }
  }
  return deeds;
}

function written(name: string, file: string, rest: string): Deed {
  const bytes = Buffer.concat(textsIn(rest).map((text) => Buffer.from(text, 'latin1')));
  const after = rest.slice(rest.lastIndexOf('"') + 1);
  const positioned = name.startsWith('p');
  // pwrite64(fd, text, length, offset), pwritev(fd, [{base, length}], pieces, offset)
  const at = positioned ? Number(/(\d+)(?:\)| <unfinished)/.exec(after)?.[1]) : 'end';
  if (at !== 'end' && !Number.isSafeInteger(at)) throw new Error(`no offset in: ${after}`);
  return { kind: 'write', file, at, bytes };
}

/** The bytes of each text of a call, one letter a byte. */
function textsIn(rest: string): readonly string[] {
  if (/"\.\.\./.test(rest)) throw new Error('strace has shortened a text');
  return [...rest.matchAll(TEXT)].map(([, text = '']) =>
    text.replaceAll(/\\(?:x([0-9a-f]{2})|([0-7]{1,3})|(.))/g, (_, hex?: string, octal?: string, letter?: string) => {
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
      return { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f' }[letter ?? ''] ?? letter ?? '';
    }),
  );
}
