import type { Texts } from '../domain/language.ts';

/** What an unpaired screen is told (`POST /api/pair`); 204 without a body means that it is paired. */
export type PairingAnswer = About &
  (
    | { readonly state: 'code'; readonly code: string; readonly lastsMs: number }
    /** Too many unpaired screens at once. */
    | { readonly state: 'full'; readonly retryAfterMs: number }
  );

/** Whose screen it is going to be. */
interface About {
  readonly agency: Texts;
  readonly office: Texts;
  readonly demonstration: boolean;
}
