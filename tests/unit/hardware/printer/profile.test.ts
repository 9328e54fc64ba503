import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { checkedProfile } from '../../../../hardware/printer/check-profile.ts';
import { encodingOf, isTableName } from '../../../../hardware/printer/code-tables.ts';
import { PROFILES, profileNamed } from '../../../../hardware/printer/profile.ts';
import { letterAt, ROMS } from '../../../../hardware/printer/virtual/rom.ts';
import { aProfile } from '../../../support/printer-rig.ts';

test('there is a profile for each family', () => {
  expect(PROFILES.map(({ name }) => name)).toEqual([
    'epson',
    'epson-512',
    'bixolon',
    'citizen',
    'star-escpos',
    'clone-80',
    'clone-58',
    'raster',
  ]);
});

test('a name nobody knows is refused with those that are known', () => {
  const profile = profileNamed('oki');
  expect(profile.ok ? '' : profile.error).toContain('there are epson, epson-512');
});

describe('a profile file is checked when it is loaded', () => {
  const good = aProfile('epson');

  test.each([
    ['dots', 575],
    ['columns', 48.5],
    ['select', 'ESC T'],
    ['tables', [{ name: 'PC9999', number: 1 }]],
    ['tables', [{ name: 'PC866', number: 256 }]],
    ['printAs', 'letters'],
    ['cutter', 'yes'],
    ['name', ''],
  ])('%s must not be %j', (field, value) => {
    const profile = checkedProfile({ ...good, [field]: value });
    expect(profile.ok ? '' : profile.error).toContain(`"${field}"`);
  });

  test('nothing may be missing', () => {
    for (const field of Object.keys(good)) {
      expect(checkedProfile({ ...good, [field]: undefined }).ok, field).toBe(false);
    }
    expect(checkedProfile(null).ok).toBe(false);
  });
});

describe('code tables written down twice are the same', () => {
  const places = [...new Map(PROFILES.flatMap(({ sheet }) => sheet).map((place) => [place.name, place])).keys()];
  const epson = aProfile('epson');

  test.each(places)('%s', (name) => {
    const place = epson.sheet.find((known) => known.name === name);
    expect(isTableName(name) && place).toBeTruthy();
    const bytes = Array.from({ length: 128 }, (_, i) => 128 + i);
    const ours = bytes.map((byte) => iconv.decode(Buffer.of(byte), encodingOf(name)));
    const theirs = bytes.map((byte) => letterAt(ROMS.epson, place?.number ?? 0, byte));
    for (const [i, letter] of ours.entries()) {
      if (/^[\p{L}\p{S}\p{P}\p{N}]$/u.test(letter) && letter !== '\ufffd')
        expect(theirs[i], `${name} ${128 + i}`).toBe(letter);
    }
  });
});
