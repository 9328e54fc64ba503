/** The vertical extent of one piece of content, in CSS pixels from any common origin. */
export interface Extent {
  readonly top: number;
  readonly bottom: number;
  /** A heading: never the last thing on a page. */
  readonly keep: boolean;
}

/**
 * Spreads content over pages, so that nothing on a kiosk has to be scrolled.
 * Pieces that stand side by side stay on one page; a piece taller than the room gets a page of its own.
 *
 * @param room height of a page (CSS pixels)
 * @returns the page of each piece, counted from 0
 */
export function pack(pieces: readonly Extent[], room: number): readonly number[] {
  const pages: number[] = [];
  let page = 0;
  let origin = pieces[0]?.top ?? 0;
  for (const [index, piece] of pieces.entries()) {
    const start = firstOfRow(pieces, index);
    const isRowStart = start === index;
    if (isRowStart && index > 0 && endOf(pieces, index) - origin > room + 1) {
      const first = keptWith(pieces, index, pages, page);
      page += 1;
      for (let i = first; i < index; i++) pages[i] = page;
      origin = pieces[first]?.top ?? piece.top;
    }
    pages.push(page);
  }
  return pages;
}

/** Where the row that begins here ends. */
function endOf(pieces: readonly Extent[], index: number): number {
  let bottom = 0;
  for (let next = index; next < pieces.length && firstOfRow(pieces, next) === index; next++) {
    bottom = Math.max(bottom, pieces[next]?.bottom ?? 0);
  }
  return bottom;
}

function firstOfRow(pieces: readonly Extent[], index: number): number {
  let first = index;
  while (first > 0 && Math.abs((pieces[first - 1]?.top ?? 0) - (pieces[index]?.top ?? 0)) < 2) first -= 1;
  return first;
}

/** The headings directly before this piece on the same page move on with it. */
function keptWith(pieces: readonly Extent[], index: number, pages: readonly number[], page: number): number {
  let first = index;
  while (first > 0 && pieces[first - 1]?.keep && pages[first - 1] === page) first -= 1;
  return first;
}
