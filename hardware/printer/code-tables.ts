import iconv from 'iconv-lite';

/** Code tables by their names in printers' manuals, and what the encoding package calls them. */
const ENCODINGS = {
  WPC1252: 'win1252',
  PC866: 'cp866',
  WPC1251: 'win1251',
  PC775: 'cp775',
  WPC1257: 'win1257',
  PC858: 'cp858',
  PC850: 'cp850',
  PC437: 'cp437',
  PC852: 'cp852',
  PC855: 'cp855',
  'ISO8859-15': 'iso885915',
} as const;

export type TableName = keyof typeof ENCODINGS;

export function isTableName(name: string): name is TableName {
  return Object.hasOwn(ENCODINGS, name);
}

/** What the encoding package calls the table. */
export function encodingOf(name: TableName): (typeof ENCODINGS)[TableName] {
  return ENCODINGS[name];
}

const letters = new Map<TableName, ReadonlySet<string>>();

/** Whether the upper half of the table holds the character. Controls, and spaces that are not plain ones, count as missing. */
export function tableHas(name: TableName, character: string): boolean {
  let held = letters.get(name);
  if (!held) {
    held = upperHalf(name);
    letters.set(name, held);
  }
  return held.has(character);
}

/** A character that stands alone in every table. */
export function isAscii(character: string): boolean {
  return character >= ' ' && character <= '~';
}

function upperHalf(name: TableName): ReadonlySet<string> {
  const codes = Array.from({ length: 128 }, (_, i) => 128 + i);
  const held = codes.map((code) => iconv.decode(Buffer.of(code), ENCODINGS[name]));
  return new Set(held.filter((character) => /^[^\p{C}\p{Z}\ufffd]$/u.test(character)));
}
