import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';

type Cbor = number | string | Uint8Array | ReadonlyMap<number | string, Cbor>;

/**
 * An authenticator made of code: what a browser sends for a new passkey, with attestation `none`. Unlike a browser it may
 * give two passkeys the same id and say of itself what it likes.
 *
 * @source WebAuthn level 3, sections 6.1 (authenticator data) and 8.7 (none attestation); RFC 8949 (CBOR); RFC 9053 (COSE keys)
 */
export function newPasskeyResponse(asked: {
  readonly challenge: string;
  readonly origin: string;
  readonly id?: Buffer;
  readonly transports?: unknown;
}): object {
  const { challenge, origin, id = randomBytes(16), transports } = asked;
  const client = { type: 'webauthn.create', challenge, origin, crossOrigin: false };
  const attestation = cbor(
    new Map<string, Cbor>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authenticatorData(new URL(origin).hostname, id)],
    ]),
  );
  return {
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: Buffer.from(JSON.stringify(client)).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      ...(transports === undefined ? {} : { transports }),
    },
  };
}

/** Person present, credential included. */
const FLAGS = 0b0100_0001;

function authenticatorData(host: string, id: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(id.length);
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  const key = new Map<number, Cbor>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, 'base64url')],
    [-3, Buffer.from(y, 'base64url')],
  ]);
  const hostHash = createHash('sha256').update(host).digest();
  return Buffer.concat([hostHash, Buffer.of(FLAGS), Buffer.alloc(4), Buffer.alloc(16), length, id, cbor(key)]);
}

function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const pairs = [...value].flatMap(([name, one]) => [cbor(name), cbor(one)]);
  return Buffer.concat([head(5, value.size), ...pairs]);
}

function head(kind: number, length: number): Buffer {
  if (length < 24) return Buffer.of((kind << 5) | length);
  if (length < 256) return Buffer.of((kind << 5) | 24, length);
  return Buffer.of((kind << 5) | 25, length >> 8, length & 0xff);
}
