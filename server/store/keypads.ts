import type { DeviceId } from '../domain/ids.ts';
import type { Reading, Writing } from './database.ts';

/** Which keypad it is and at which kiosk it stands. */
export interface KeypadSetting {
  /** `null`: the only kiosk that is connected. */
  readonly kioskId: DeviceId | null;
  readonly profile: string;
  /** USB ids, where the profile does not name them. */
  readonly usbIds: { readonly vendorId: number; readonly productId: number } | null;
}

/** The setting of a keypad; `null`: nobody has set it. */
export async function keypadSetting(trx: Reading, id: DeviceId): Promise<KeypadSetting | null> {
  const row = await trx.selectFrom('keypad').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const { kiosk_id: kioskId, profile, vendor_id: vendorId, product_id: productId } = row;
  const usbIds = vendorId === null || productId === null ? null : { vendorId, productId };
  return { kioskId: kioskId as DeviceId | null, profile, usbIds };
}

export async function saveKeypadSetting(trx: Writing, id: DeviceId, setting: KeypadSetting): Promise<void> {
  const { kioskId, profile, usbIds } = setting;
  const ids = { vendor_id: usbIds?.vendorId ?? null, product_id: usbIds?.productId ?? null };
  const values = { kiosk_id: kioskId, profile, ...ids };
  await trx
    .insertInto('keypad')
    .values({ id, ...values })
    .onConflict((same) => same.column('id').doUpdateSet(values))
    .execute();
}
