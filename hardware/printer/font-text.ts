import { isAscii, tableHas } from './code-tables.ts';
import { foldedForPaper } from './printable.ts';
import type { Profile, TablePlace } from './profile.ts';

/** Signs of fine typography and their plain form. */
const PLAIN: Readonly<Record<string, string>> = {
  '–': '-',
  '—': '-',
  '‑': '-',
  '−': '-',
  '„': '"',
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '’': "'",
  '‘': "'",
  '‚': "'",
  '…': '...',
  '\u00ad': '',
};

/** Letters of one table. `table` is `null` for plain ASCII, which stands in every table. */
export interface Run {
  readonly table: TablePlace | null;
  readonly text: string;
}

/** The text as the printer's own letters can show it; one cell for each character. */
export function foldedForFonts(text: string, profile: Profile): string {
  const cyrillic = /\p{Script=Cyrillic}/u.test(text);
  return [...foldedForPaper(text)].map((character) => folded(character, profile, cyrillic)).join('');
}

/**
 * Splits a text into runs, each of the first table of the profile that has the character, so a table is selected only
 * where it changes.
 *
 * @returns `null` when a character is in none of the tables: such a line is drawn, since a wrong letter never reaches paper
 */
export function fontRuns(text: string, profile: Profile): readonly Run[] | null {
  const runs: { table: TablePlace | null; text: string }[] = [];
  for (const character of text) {
    const table = isAscii(character) ? null : profile.tables.find(({ name }) => tableHas(name, character));
    if (table === undefined) return null;
    const last = runs.at(-1);
    if (last && (table === null || last.table === null || last.table === table)) {
      last.table ??= table;
      last.text += character;
    } else {
      runs.push({ table, text: character });
    }
  }
  return runs;
}

function folded(character: string, profile: Profile, cyrillic: boolean): string {
  if (profile.keeps.includes(character)) return character;
  const plain = PLAIN[character];
  if (plain !== undefined) return plain;
  if (profile.tables.some(({ name }) => tableHas(name, character))) return character;
  if (character === '€') return 'EUR';
  if (character === '№') return cyrillic ? 'N' : 'nr';
  return character;
}
