import QRCode from 'qrcode';
import { blackenBox, type Bitmap } from './bitmap.ts';

/** A real reader wants four white modules around the code. */
export const QR_QUIET_MODULES = 4;
/** Error correction M: a thermal slip is creased, not torn. */
const LEVEL = 'M';

/** A QR code before it has a size: which of its modules are black. */
export interface QrCode {
  /** Modules along a side, without the quiet zone. */
  readonly modules: number;
  readonly isDark: (row: number, column: number) => boolean;
}

export function qrCode(data: string): QrCode {
  const { modules } = QRCode.create(data, { errorCorrectionLevel: LEVEL });
  return { modules: modules.size, isDark: (row, column) => modules.get(row, column) !== 0 };
}

/** Dots along the side of a code, quiet zone included. */
export function qrSide({ modules }: QrCode, moduleDots: number): number {
  return moduleDots * (modules + 2 * QR_QUIET_MODULES);
}

/** The largest module with which the code, quiet zone included, is at most `room` dots wide. */
export function moduleThatFits({ modules }: QrCode, room: number): number {
  return Math.max(1, Math.floor(room / (modules + 2 * QR_QUIET_MODULES)));
}

/** Draws the code with its quiet zone; `left` and `top` are the corner of the quiet zone. */
export function drawQr(
  bitmap: Bitmap,
  code: QrCode,
  { left, top, moduleDots }: { readonly left: number; readonly top: number; readonly moduleDots: number },
): void {
  for (let row = 0; row < code.modules; row++) {
    for (let column = 0; column < code.modules; column++) {
      if (!code.isDark(row, column)) continue;
      const x = left + (column + QR_QUIET_MODULES) * moduleDots;
      blackenBox(bitmap, x, top + (row + QR_QUIET_MODULES) * moduleDots, moduleDots, moduleDots);
    }
  }
}
