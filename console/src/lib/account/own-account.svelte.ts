import { askDoor, type Refused } from '../door/door-answer.ts';

export interface OwnSession {
  readonly sessionId: string;
  readonly since: number;
  readonly seenAt: number;
  readonly browser: string;
  readonly locked: boolean;
  readonly own: boolean;
}

export interface AccountView {
  readonly username: string;
  readonly hasPassphrase: boolean;
  readonly linked: boolean;
  /** The office asks this person for a second factor. */
  readonly required: boolean;
  readonly totp: { readonly madeAt: number } | null;
  readonly passkeys: readonly { readonly id: string; readonly name: string; readonly madeAt: number }[];
  readonly recoveryLeft: number;
  readonly sessions: readonly OwnSession[];
}

/** What a change is answered with: recovery codes, where new ones were made. */
export interface Changed {
  readonly codes?: readonly string[];
}

/** One's own account as the office has it. What needs a fresh proof is done again after it. */
export class OwnAccount {
  view = $state.raw<AccountView | null>(null);
  refused = $state.raw<Refused | null>(null);
  busy = $state(false);
  /** The office asks once more who this is. */
  mustProve = $state(false);
  #afterwards: () => Promise<unknown> = () => Promise.resolve();

  async read(): Promise<void> {
    const { ok, body } = await askDoor<AccountView>('/api/account');
    if (ok) this.view = body;
    else this.refused = body;
  }

  /** Asks for a change; `done` hears of it once it is made, which may be after a fresh proof. */
  async change(path: string, body: object, done: (answer: Changed) => void): Promise<void> {
    this.busy = true;
    this.refused = null;
    const answer = await askDoor<Changed>(path, body);
    this.busy = false;
    if (answer.ok) {
      done(answer.body);
      await this.read();
    } else if (answer.body.code === 'prove') this.askProof(() => this.change(path, body, done));
    else this.refused = answer.body;
  }

  askProof(afterwards: () => Promise<unknown>): void {
    this.mustProve = true;
    this.#afterwards = afterwards;
  }

  async proven(): Promise<void> {
    this.mustProve = false;
    await this.#afterwards();
  }
}
