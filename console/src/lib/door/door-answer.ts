/** What the office's own routes about signing in answer: done, or why not. */
export interface DoorAnswer<T> {
  readonly ok: boolean;
  readonly status: number;
  readonly body: T & Refused;
}

export interface Refused {
  /** Why not; `failed`: nobody answered. */
  readonly code?: string;
  readonly retryAfterMs?: number;
  readonly atLeast?: number;
  readonly serving?: string;
}

/** Who is signed in at this browser. */
export interface Me {
  readonly state: 'open' | 'locked' | 'signed-out';
  /** How the outside sign-in is called; `null`: there is none. */
  readonly outside: string | null;
  /** The step that somebody half in has to go. */
  readonly half?: 'second-factor' | 'enrol' | null;
  readonly name?: string;
  /** Whether a passphrase opens the lock; else only the outside sign-in does. */
  readonly hasPassphrase?: boolean;
  readonly lockAfterMinutes?: number;
  readonly desk?: {
    readonly deskId: string;
    readonly kind: 'desk' | 'counter' | 'room';
    readonly number: string;
  } | null;
}

/** Asks one of the office's own routes. Never throws: no answer is an answer too. */
export async function askDoor<T = object>(path: string, body?: object): Promise<DoorAnswer<T>> {
  try {
    const response = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    // Our own server speaks the contract of our own build.
    const answer = (text === '' ? {} : JSON.parse(text)) as T & Refused;
    return { ok: response.ok, status: response.status, body: answer };
  } catch {
    return { ok: false, status: 0, body: { code: 'failed' } as T & Refused };
  }
}

/** What comes after the passphrase, or in. */
export interface Entered {
  readonly next: 'in' | 'second-factor' | 'enrol';
}
