import { blacken, emptyBitmap } from './bitmap.ts';
import { feedAndCut, RESET } from './printer-commands.ts';
import type { Profile } from './profile.ts';
import { rasterBands } from './raster.ts';

const BAR_DOTS = 32;
const STRIPE_DOTS = 12;

/**
 * Ends what a slip that was given up may have left in the printer's mouth: a bar of stripes, which says "not valid" in every
 * language, and a cut, so that it never hangs on the next visitor's slip.
 */
export function voidAndCut({ dots, cutter }: Profile): Uint8Array {
  const bar = emptyBitmap(dots, BAR_DOTS);
  for (let y = 0; y < BAR_DOTS; y++) {
    for (let x = 0; x < dots; x++) if ((x + y) % (2 * STRIPE_DOTS) < STRIPE_DOTS) blacken(bar, x, y);
  }
  return Buffer.concat([RESET, ...rasterBands(bar), ...(cutter ? [feedAndCut(0)] : [])]);
}
