import { err, ok, type Result } from '#basics/result.ts';
import { KEYPAD_KEYS } from './keypad-press.ts';
import type { KeypadProfile } from './profile.ts';

/** Checks the content of a profile file. @returns the profile, or a sentence that names the wrong field */
export function checkedKeypadProfile(file: unknown): Result<KeypadProfile, string> {
  if (!isObject(file)) return err('is no object');
  const wrong = Object.entries(CHECKS).find(([field, [test]]) => !test(file[field]));
  if (wrong) return err(`${String(file.name)}: "${wrong[0]}" ${wrong[1][1]}`);
  const profile = file as unknown as KeypadProfile;
  const codes = [...profile.keys.map(({ code }) => code), ...(profile.jack ? [profile.jack.in, profile.jack.out] : [])];
  return new Set(codes).size === codes.length ? ok(profile) : err(`${profile.name}: one code means two things`);
}

type Check = readonly [test: (value: unknown) => boolean, says: string];

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isWhole(value: unknown, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
}

/** Usages below 4 are the keyboard's own errors, above 231 there are none. */
function isCode(value: unknown): boolean {
  return isWhole(value, 231) && Number(value) >= 4;
}

function isKey(value: unknown): boolean {
  return isObject(value) && isCode(value.code) && KEYPAD_KEYS.some((key) => key === value.key);
}

function areBytes(value: unknown): boolean {
  return Array.isArray(value) && value.length > 1 && value.every((byte) => isWhole(byte, 255));
}

const id: Check = [(value) => value === null || isWhole(value, 0xffff), 'must be null or a USB id'];
const usage: Check = [(value) => isWhole(value, 0xffff), 'must be a usage'];

const CHECKS: Readonly<Record<keyof KeypadProfile, Check>> = {
  name: [(value) => typeof value === 'string' && /^[a-z0-9-]{1,20}$/.test(value), 'must be a short name'],
  says: [(value) => typeof value === 'string' && value !== '', 'must be a text'],
  vendorId: id,
  productId: id,
  usagePage: usage,
  usage,
  keys: [
    (value) => Array.isArray(value) && value.length >= 5 && value.every(isKey),
    'must be at least five of {code, key} with codes from 4 to 231 and known keys',
  ],
  jack: [
    (value) => value === null || (isObject(value) && isCode(value.in) && isCode(value.out)),
    'must be null or {in, out} with codes',
  ],
  light: [
    (value) =>
      value === null ||
      (isObject(value) && isWhole(value.usagePage, 0xffff) && areBytes(value.on) && areBytes(value.off)),
    'must be null or {usagePage, on, off} with bytes',
  ],
};
