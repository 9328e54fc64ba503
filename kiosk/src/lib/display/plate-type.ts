/** Sizes on the plate, in pixels of the 1920 × 1080 drawing. */
export interface PlateType {
  readonly numberPx: number;
  readonly placePx: number;
  /** From how far number and place can be read (metres). */
  readonly readableToM: number;
}

const MM_PER_INCH = 25.4;

/** Millimetres per CSS pixel of a full screen. */
export function mmPerPixel(diagonalInches: number, widthPx: number, heightPx: number): number {
  return (diagonalInches * MM_PER_INCH) / Math.hypot(widthPx, heightPx);
}

/** Capitals are this part of the type size in Roboto. */
const CAPITAL = 0.711;
/** A capital must fill 0.7 degrees of the eye of whoever sits farthest away: millimetres per metre. */
const MM_PER_M = 1000 * Math.tan((0.7 * Math.PI) / 180);
const NUMBER_PX = 340;
const PLACE_PX = 232;
const NUMBER_LEADING = 0.86;
const PLACE_LEADING = 0.95;
/** Both lines share the height the plate has for them. */
const HEIGHT_PX = NUMBER_PX * NUMBER_LEADING + PLACE_PX * PLACE_LEADING;
/** Widths of Roboto's heaviest weight, as parts of the type size. */
const DIGIT_EM = 0.565;
const LETTER_EM = 0.68;
const WORD_EM = 0.48;

/** The room a plate gives its words, in pixels of the drawing. */
export interface PlateRoom {
  /** Between its margins. */
  readonly widthPx: number;
  /** Of that, the arrow and the gap before the place. */
  readonly arrowPx: number;
}

export const PLATE_ROOM = {
  landscape: { widthPx: 1008, arrowPx: 210 },
  portrait: { widthPx: 920, arrowPx: 142 },
} as const satisfies Record<string, PlateRoom>;

/**
 * Sets number and place as large as the panel and the hall ask for. On a small panel the place grows at the number's cost
 * until both are equal; a long number or place shrinks to the width of the plate.
 *
 * @param panel millimetres per pixel of the drawing, and the distance of the last row of seats
 */
export function plateType(
  panel: { readonly mmPerPx: number; readonly distanceM: number },
  texts: { readonly number: string; readonly place: string },
  { widthPx, arrowPx }: PlateRoom,
): PlateType {
  const neededPx = (panel.distanceM * MM_PER_M) / (CAPITAL * panel.mmPerPx);
  const equalPx = HEIGHT_PX / (NUMBER_LEADING + PLACE_LEADING);
  const wishedPx = Math.min(Math.max(PLACE_PX, neededPx), equalPx);
  const placePx = Math.min(wishedPx, (widthPx - arrowPx) / (texts.place.length * WORD_EM));
  const numberEm = LETTER_EM + (texts.number.length - 1) * DIGIT_EM;
  const numberPx = Math.min(NUMBER_PX, (HEIGHT_PX - wishedPx * PLACE_LEADING) / NUMBER_LEADING, widthPx / numberEm);
  const capitalMm = Math.min(numberPx, placePx) * CAPITAL * panel.mmPerPx;
  return { numberPx: Math.floor(numberPx), placePx: Math.floor(placePx), readableToM: capitalMm / MM_PER_M };
}
