/** USB ids as `lsusb` writes them, `2047:0a3b`. @returns `null` when it is none */
export function usbIdsOf(text: string): { readonly vendorId: number; readonly productId: number } | null {
  const found = /^\s*(?<vendor>[0-9a-f]{4}):(?<product>[0-9a-f]{4})\s*$/i.exec(text)?.groups;
  if (!found) return null;
  return { vendorId: parseInt(found['vendor'] ?? '', 16), productId: parseInt(found['product'] ?? '', 16) };
}

export function usbIdsText(ids: { readonly vendorId: number; readonly productId: number } | null): string {
  const hex = (id: number): string => id.toString(16).padStart(4, '0');
  return ids ? `${hex(ids.vendorId)}:${hex(ids.productId)}` : '';
}
