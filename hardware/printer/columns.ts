/**
 * Breaks a text, already folded, into rows of at most `columns` cells: at spaces, and within a word only where the word
 * is longer than a row. Every character is one cell; double width is half the columns.
 */
export function rowsOf(text: string, columns: number): readonly string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ')) {
    const longer = row === '' ? word : `${row} ${word}`;
    if (cells(longer) <= columns) {
      row = longer;
      continue;
    }
    if (row !== '') rows.push(row);
    row = word;
    while (cells(row) > columns) {
      rows.push([...row].slice(0, columns).join(''));
      row = [...row].slice(columns).join('');
    }
  }
  return [...rows, row];
}

/** Spaces on both sides, so that the text stands in the middle of a row of its own. */
export function centred(text: string, columns: number): string {
  const left = Math.max(0, Math.floor((columns - cells(text)) / 2));
  return `${' '.repeat(left)}${text}`.padEnd(columns);
}

function cells(text: string): number {
  return [...text].length;
}
