import { ownScript } from '#look/trusted.ts';

const WORKER = '/phone-worker.js';
const SCOPE = '/t/';

/** An address of this browser's push service, as the office needs it. */
export interface PushAddress {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

/** Whether this browser can be told something while the page is closed. It needs a secure page. */
export function canBeTold(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
}

/**
 * Asks the visitor, then the browser, for an address that messages can be sent to. Call it from a press.
 *
 * @param officeKey only this office can send to the address; it may still be on its way, and be `null` where none are sent
 * @returns `null` when the visitor, the browser or the office says no
 */
export async function pushAddress(officeKey: Promise<string | null>): Promise<PushAddress | null> {
  try {
    if ((await Notification.requestPermission()) !== 'granted') return null;
    const key = await officeKey;
    if (key === null) return null;
    const registration = await navigator.serviceWorker.register(ownScript(WORKER), { scope: SCOPE });
    await active(registration);
    const options = { userVisibleOnly: true, applicationServerKey: bytesOf(key) };
    const { endpoint, keys } = (await registration.pushManager.subscribe(options)).toJSON();
    const { p256dh, auth } = keys ?? {};
    return endpoint === undefined || p256dh === undefined || auth === undefined
      ? null
      : { endpoint, keys: { p256dh, auth } };
  } catch {
    return null;
  }
}

/** Takes the address back, and the worker with it: the ticket is no more. */
export async function forgetAddress(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.getRegistration(SCOPE);
    if (!registration?.active?.scriptURL.endsWith(WORKER)) return;
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    await registration.unregister();
  } catch {
    // Without the page the browser's own clean-up remains; the office has forgotten the address already.
  }
}

function active({ installing, waiting, active: now }: ServiceWorkerRegistration): Promise<void> {
  const coming = installing ?? waiting;
  if (now || !coming) return Promise.resolve();
  return new Promise((resolve) => {
    coming.addEventListener('statechange', () => {
      if (coming.state === 'activated') resolve();
    });
  });
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}
