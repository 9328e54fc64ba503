import type { HidDevice, HidHandle, HidPort } from './hid-port.ts';
import { nextHold, NOT_HELD, type Hold, type HoldEffect, type HoldInput } from './hold-machine.ts';

export interface Holding {
  readonly port: HidPort;
  /** Which of the devices that are plugged in is meant; the first that fits. */
  readonly isMeant: (device: HidDevice) => boolean;
  readonly onReport: (report: Uint8Array) => void;
  /** Told on every change. */
  readonly onChange: (hold: Hold) => void;
}

/** Keeps one device open: through unplugging and plugging in again, refused permission and faults. Never throws. */
export class HeldDevice {
  readonly #holding: Holding;
  readonly #stopWatching: () => void;
  #hold: Hold = NOT_HELD;
  #handle: HidHandle | null = null;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(holding: Holding) {
    this.#holding = holding;
    this.#stopWatching = holding.port.watch((devices) => {
      this.#take({ kind: 'seen', path: devices.find(holding.isMeant)?.path ?? null });
    });
  }

  get hold(): Hold {
    return this.#hold;
  }

  /** Sends an output report, if the device is there; a device that is not gets it not later either. */
  async output(bytes: Uint8Array): Promise<void> {
    await this.#handle?.output(bytes).catch((cause: unknown) => this.#take({ kind: 'lost', reason: wordsOf(cause) }));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopWatching();
    clearTimeout(this.#timer);
    await this.#close();
  }

  #take(input: HoldInput): void {
    if (this.#stopped) return;
    const before = this.#hold;
    const { hold, effects } = nextHold(before, input);
    this.#hold = hold;
    for (const effect of effects) this.#do(effect);
    if (hold !== before) this.#holding.onChange(hold);
  }

  #do(effect: HoldEffect): void {
    switch (effect.kind) {
      case 'open':
        return void this.#open(effect.path);
      case 'close':
        return void this.#close();
      case 'wait':
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#take({ kind: 'retry' }), effect.ms);
        return;
      case 'no-wait':
        clearTimeout(this.#timer);
        return;
    }
  }

  async #open(path: string): Promise<void> {
    const opened = await this.#holding.port.open(path);
    // Meanwhile it may have been unplugged, or another may be meant.
    if (this.#stopped || this.#hold.path !== path || this.#hold.status !== 'opening') {
      if (opened.ok) await opened.value.close();
      return;
    }
    if (!opened.ok) {
      this.#take({ kind: 'not-opened', problem: opened.error });
      return;
    }
    this.#handle = opened.value;
    this.#take({ kind: 'opened' });
    await this.#listen(opened.value);
  }

  async #listen(handle: HidHandle): Promise<void> {
    for await (const report of handle.reports) if (this.#handle === handle) this.#holding.onReport(report);
    const reason = await handle.closed;
    if (this.#handle === handle) this.#take({ kind: 'lost', reason });
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    await handle?.close().catch(() => undefined);
  }
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
