import type { Answer, Request } from '#contract/events.ts';
import type { Office } from '../../office.svelte.ts';
import { newRequestId } from '../../request-id.ts';

/** One paired screen as the office lists it. */
export type PairedScreen = Answer<'device:list'>[number];
/** The screen whose code was typed. */
export type FoundScreen = Answer<'device:look-up'>;

/** The paired screens, read when the part is opened and again whenever something about them changes. */
export class Screens {
  readonly #office: Office;
  all = $state.raw<readonly PairedScreen[] | null>(null);
  failed = $state(false);
  /** The screen that asks to be let in. */
  found = $state.raw<FoundScreen | null>(null);
  /** One has just been let in and will come by itself. */
  approved = $state(false);

  constructor(office: Office) {
    this.#office = office;
  }

  /** Reads the list, without keeping anything else waiting. */
  async read(): Promise<void> {
    const requestId = newRequestId() as Request<'device:list'>['requestId'];
    const answer = await this.#office.line.ask('device:list', { requestId }).catch(() => null);
    this.failed = !answer?.ok;
    if (answer?.ok) this.all = answer.value;
  }

  async lookUp(code: string): Promise<void> {
    this.approved = false;
    const found = await this.#office.act('device:look-up', { code });
    this.found = found?.answer ?? null;
  }

  async approve(name: string): Promise<void> {
    if (!this.found) return;
    const done = await this.#office.act('device:approve', { code: this.found.code, name });
    if (!done) return;
    this.found = null;
    this.approved = true;
  }

  dismiss(): void {
    this.found = null;
    this.#office.trouble = null;
  }

  async rename(deviceId: PairedScreen['deviceId'], name: string): Promise<boolean> {
    const done = await this.#office.act('device:rename', { deviceId, name });
    await this.read();
    return done !== null;
  }

  async limit(deviceId: PairedScreen['deviceId'], limits: PairedScreen['limits']): Promise<boolean> {
    const done = await this.#office.act('device:limit', { deviceId, limits });
    await this.read();
    return done !== null;
  }

  async revoke(deviceId: PairedScreen['deviceId']): Promise<boolean> {
    const done = await this.#office.act('device:revoke', { deviceId });
    await this.read();
    return done !== null;
  }
}
