/** Headers of every answer; the pages' own content policy stands in the pages, as hashes of their scripts. */
const ALWAYS: Readonly<Record<string, string>> = {
  'content-security-policy': "frame-ancestors 'none'; object-src 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};
/** A year: browsers that were here once come by TLS alone. */
const HSTS = 'max-age=31536000; includeSubDomains';

/** @param secure whether visitors reach the office over TLS, its own or a proxy's */
export function protectiveHeaders(secure: boolean): Readonly<Record<string, string>> {
  return secure ? { ...ALWAYS, 'strict-transport-security': HSTS } : ALWAYS;
}
