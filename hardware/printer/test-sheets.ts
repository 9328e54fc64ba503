import { isAscii, tableHas } from './code-tables.ts';
import { blackenBox, emptyBitmap, type Bitmap } from './bitmap.ts';
import { drawn, ending, jobOf, type EncodedJob } from './encode-job.ts';
import type { Piece } from './encode-fonts.ts';
import { rowDots, TicketEncoder } from './escpos-encoder.ts';
import { STYLES, drawText } from './glyphs.ts';
import type { Profile, TablePlace } from './profile.ts';
import { rasterBands, rowsOfBand } from './raster.ts';

export type TestSheet = 'code-tables' | 'alignment';

/** What an office of three languages must be able to print. */
const LETTERS = 'õäöüšžÕÄÖÜŠŽЖЩЫЯёЁ€№';
const SMALL = { wide: 1, high: 1, bold: false };

/** A sheet that shows how a printer must be set up. The number of a table and its letters belong to one row. */
export function testSheet(kind: TestSheet, id: string, profile: Profile): EncodedJob {
  const pieces = kind === 'code-tables' ? codeTables(profile) : alignment(profile);
  return jobOf(id, [{ bytes: new TicketEncoder(profile).init().take(), dots: 0 }, ...pieces, ending(profile)], profile);
}

/** Drawn first as they must look, then from every table the printer may have. */
function codeTables(profile: Profile): readonly Piece[] {
  const head = drawn(
    [
      { kind: 'text', style: 'lead', align: 'left', text: profile.name },
      { kind: 'text', style: 'body', align: 'left', text: LETTERS },
      { kind: 'rule' },
    ],
    profile,
  );
  return [...head, ...profile.sheet.map((place) => tableRow(place, profile))];
}

/** `n name letters`; a letter the table does not hold is a hyphen. */
function tableRow(place: TablePlace, profile: Profile): Piece {
  const held = [...LETTERS].map((letter) => (isAscii(letter) || tableHas(place.name, letter) ? letter : '-')).join('');
  const label = `${String(place.number).padStart(3)} ${place.name.slice(-6).padEnd(6)} `;
  const encoder = new TicketEncoder(profile);
  const bytes = encoder
    .align('left')
    .letters(SMALL)
    .row([{ table: place, text: `${label}${held}` }])
    .take();
  return { bytes, dots: rowDots(SMALL) };
}

/** A ruler in millimetres, both edges, thin and thick lines, and a field of single dots that shows a worn head. */
function alignment(profile: Profile): readonly Piece[] {
  return rasterBands(alignmentPicture(profile)).map((bytes) => ({ bytes, dots: rowsOfBand(bytes) }));
}

function alignmentPicture({ dots, dotsPerMm, name }: Profile): Bitmap {
  const picture = emptyBitmap(dots, 320);
  blackenBox(picture, 0, 0, dots, 2);
  for (let mm = 0; mm * dotsPerMm < dots; mm++) {
    const height = mm % 10 === 0 ? 32 : mm % 5 === 0 ? 24 : 14;
    blackenBox(picture, Math.round(mm * dotsPerMm), 0, 2, height);
    if (mm % 10 === 0)
      drawText(picture, STYLES.foot, String(mm), { left: Math.round(mm * dotsPerMm) + 4, baseline: 56 });
  }
  for (const [i, width] of [1, 2, 3, 4, 6, 8].entries()) blackenBox(picture, 0, 70 + i * 16, dots, width);
  for (let y = 180; y < 244; y++) {
    for (let x = (y % 4) * 2; x < dots; x += 8) blackenBox(picture, x, y, 1, 1);
  }
  for (const left of [0, dots - 8]) blackenBox(picture, left, 180, 8, 120);
  drawText(picture, STYLES.foot, `${name} ${dots}`, { left: 16, baseline: 290 });
  return picture;
}
