/** A QR code as one SVG path of unit squares, with its width in modules. Loaded only when a number is shown. */
export interface QrDrawing {
  readonly path: string;
  readonly modules: number;
}

export async function drawQr(text: string): Promise<QrDrawing> {
  const { create } = await import('qrcode');
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const squares: string[] = [];
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) squares.push(`M${column} ${row}h1v1h-1z`);
    }
  }
  return { path: squares.join(''), modules: modules.size };
}
