import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { commonPassphrases } from '../../../../server/accounts/common-passphrases.ts';
import { PASSPHRASE_AT_LEAST, passphraseFault } from '../../../../server/domain/passphrase-rules.ts';

let common: ReadonlySet<string>;
const OWN = ['liis.mets', 'Liis Mets', 'Sotsiaalkindlustusamet', 'Põhja piirkonna esindus'];

beforeAll(async () => {
  common = await commonPassphrases();
});

function faultOf(passphrase: string): string | null {
  return passphraseFault(passphrase, OWN, (folded) => common.has(folded))?.code ?? null;
}

describe('a passphrase', () => {
  test('of a few words of one’s own is taken, whatever signs it has or lacks', () => {
    for (const good of ['rohelised metsad', 'vana vaikne tänav', 'тихая зелёная улица', 'kolmteist hobust jões']) {
      expect(faultOf(good), good).toBeNull();
    }
  });

  test('has at least twelve signs and may have two hundred, counted as people count', () => {
    expect(faultOf('üks kaks kol')).toBeNull();
    expect(faultOf('üks kaks ko')).toBe('passphrase-length');
    expect(faultOf('кот 🐈 дом')).toBe('passphrase-length');
    expect(faultOf('vihm '.repeat(40))).not.toBe('passphrase-length');
    expect(faultOf('a'.repeat(201))).toBe('passphrase-length');
  });

  test('is refused when everybody guesses it first', () => {
    for (const bad of [
      'qwertyqwerty',
      'password1234',
      '123456789012',
      'Passw ord Passw ord',
      'aaaaaaaaaaaaa',
      'abcabcabcabc',
    ]) {
      expect(faultOf(bad), bad).toBe('passphrase-common');
    }
    for (const bad of ['qwertyuiopas', 'йцукенгшщзхъ', '987654321098', 'abcdefghijkl']) {
      expect(faultOf(bad), bad).toBe('passphrase-common');
    }
  });

  test('is refused when it is made of names that everybody here knows', () => {
    for (const bad of [
      'liis.mets2026',
      'Infolett-2026!',
      'sotsiaalkindlustusamet',
      'Mets Liis mets1',
      'infolett esindus',
    ]) {
      expect(faultOf(bad), bad).toBe('passphrase-context');
    }
  });

  test('the commonest three thousand of usable length are refused, and those made of the commonest by a year or twice', () => {
    const usable = [...common].filter((one) => one.length >= PASSPHRASE_AT_LEAST);
    const made = [...common]
      .slice(0, 3_000)
      .flatMap((one) => [`${one}2026!!!!!!!!`, `${one}${one}${one}`.slice(0, 200)]);
    const tried = [...usable, ...made].filter((one) => [...one].length >= PASSPHRASE_AT_LEAST);
    expect(tried.length).toBeGreaterThan(3_000);
    const taken = tried.filter((one) => faultOf(one) === null);
    expect(taken).toEqual([]);
  });

  test('long random words are always taken', () => {
    const sign = fc.constantFrom(...'bcdfghjkmnpqrtvwxzõäöü7');
    fc.assert(
      fc.property(fc.array(sign, { minLength: 24, maxLength: 60 }), (signs) => {
        fc.pre(new Set(signs).size > 8);
        expect(faultOf(signs.join(''))).toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});
