import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/* The page that shows the pictures: `docs/gallery.md`, one row of three after the other. */
const DOCS = join(import.meta.dirname, '../../../docs');
const IN_A_ROW = 3;
const WIDTH_PX = 260;

const pictures = readdirSync(join(DOCS, 'gallery'))
  .filter((file) => file.endsWith('.png'))
  .sort();
const rows = Array.from({ length: Math.ceil(pictures.length / IN_A_ROW) }, (_, row) =>
  pictures.slice(row * IN_A_ROW, (row + 1) * IN_A_ROW),
);

const page = `# Every screen of the kiosk

Made by \`npm run gallery\` from the states in \`tests/components/kiosk/states.ts\`, at half the size of a 21.5-inch panel. The
common screens are shown in three languages, the rarer ones in Estonian; themes, text sizes, low reach and forced colours by
examples.

${rows.map(rowOf).join('\n')}
`;
writeFileSync(join(DOCS, 'gallery.md'), page);

function rowOf(files: readonly string[]): string {
  const cells = files.map((file) => {
    const name = file.replace('.png', '').replaceAll('-', ' ');
    return `<td><img src="gallery/${file}" width="${WIDTH_PX}" alt="${name}"><br>${name}</td>`;
  });
  return `<table><tr>${cells.join('')}</tr></table>`;
}
