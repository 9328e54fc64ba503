import type { HidDevice, HidProblem } from './hid-port.ts';

/** To the process that owns the devices. `ref` names one opening. */
export type ToHid =
  | { readonly kind: 'open'; readonly ref: number; readonly path: string }
  | { readonly kind: 'close'; readonly ref: number }
  | { readonly kind: 'send'; readonly ref: number; readonly as: 'output' | 'feature'; readonly bytes: Uint8Array };

/** From it. */
export type FromHid =
  | { readonly kind: 'devices'; readonly devices: readonly HidDevice[] }
  | { readonly kind: 'opened'; readonly ref: number }
  | { readonly kind: 'not-opened'; readonly ref: number; readonly problem: HidProblem }
  | { readonly kind: 'report'; readonly ref: number; readonly bytes: Uint8Array }
  | { readonly kind: 'lost'; readonly ref: number; readonly reason: string };
