/** No answer within this is none (milliseconds). */
const ANSWER_WITHIN_MS = 10_000;

/** A request with a deadline, in words that old phones know too: a network that swallows everything never says no. */
export function fetchSoon(address: string, how: RequestInit = {}): Promise<Response> {
  const asking = new AbortController();
  setTimeout(() => asking.abort(), ANSWER_WITHIN_MS);
  return fetch(address, { ...how, signal: asking.signal });
}
