import { err, ok, type Result } from '#basics/result.ts';
import { isTableName } from './code-tables.ts';
import type { Profile } from './profile.ts';

/** Checks the content of a profile file. @returns the profile, or a sentence that names the wrong field */
export function checkedProfile(file: unknown): Result<Profile, string> {
  if (typeof file !== 'object' || file === null) return err('is no object');
  const wrong = Object.entries(CHECKS).find(([field, check]) => !check((file as Record<string, unknown>)[field]));
  const { name } = file as { name?: unknown };
  return wrong ? err(`${String(name)}: "${wrong[0]}" ${wrong[1].says}`) : ok(file as Profile);
}

type Check = ((value: unknown) => boolean) & { readonly says: string };

function check(says: string, test: (value: unknown) => boolean): Check {
  return Object.assign((value: unknown) => test(value), { says });
}

function isCount(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}

function isTablePlace(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { name, number } = value as Record<string, unknown>;
  return typeof name === 'string' && isTableName(name) && Number.isInteger(number) && isCount(number, 0, 255);
}

const yesOrNo = check('must be true or false', (value) => typeof value === 'boolean');
const places = check(
  'must be a list of {name, number} with known tables',
  (value) => Array.isArray(value) && value.every(isTablePlace),
);

const CHECKS: Readonly<Record<keyof Profile, Check>> = {
  name: check('must be a short name', (value) => typeof value === 'string' && /^[a-z0-9-]{1,20}$/.test(value)),
  says: check('must be a text', (value) => typeof value === 'string' && value !== ''),
  dots: check(
    'must be a multiple of 8 from 256 to 1024',
    (value) => isCount(value, 256, 1024) && Number(value) % 8 === 0,
  ),
  dotsPerMm: check('must be from 5 to 12', (value) => isCount(value, 5, 12)),
  columns: check('must be a whole number from 20 to 80', (value) => isCount(value, 20, 80) && Number.isInteger(value)),
  select: check('must be "ESC t" or "ESC GS t"', (value) => value === 'ESC t' || value === 'ESC GS t'),
  tables: places,
  sheet: places,
  keeps: check('must be a text', (value) => typeof value === 'string'),
  printAs: check('must be "raster" or "fonts"', (value) => value === 'raster' || value === 'fonts'),
  cutter: yesOrNo,
  nativeQr: yesOrNo,
  asksProcessId: yesOrNo,
  asksIdentity: yesOrNo,
};
