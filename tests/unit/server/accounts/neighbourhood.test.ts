import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { neighbourhoodOf } from '../../../../server/accounts/neighbourhood.ts';

const group = fc.integer({ min: 0, max: 0xffff });
const network = fc.tuple(group, group, group, group).filter((groups) => groups.some((one) => one !== 0));
const written = (groups: readonly number[]): string => groups.map((one) => one.toString(16)).join(':');
/** As a socket writes it: shortened, small letters. */
const shortened = (groups: readonly number[]): string => new URL(`http://[${written(groups)}]`).hostname.slice(1, -1);

describe('whose requests are counted together', () => {
  test('an IPv4 address is one of its own, however it is written', () => {
    expect(neighbourhoodOf('193.40.0.1')).toBe('193.40.0.1');
    expect(neighbourhoodOf('::ffff:193.40.0.1')).toBe('193.40.0.1');
    expect(neighbourhoodOf('::ffff:193.40.0.2')).not.toBe(neighbourhoodOf('::ffff:193.40.0.1'));
  });

  test('all addresses of one /64 are one, in any spelling', () => {
    fc.assert(
      fc.property(network, fc.array(group, { minLength: 8, maxLength: 8 }), (first, rest) => {
        const one = neighbourhoodOf(shortened([...first, ...rest.slice(0, 4)]));
        const other = neighbourhoodOf(written([...first, ...rest.slice(4)]).toUpperCase());
        expect(one).toBe(other);
        expect(neighbourhoodOf(`${shortened([...first, ...rest.slice(4)])}%eth0`)).toBe(one);
      }),
    );
  });

  test('two networks are two', () => {
    fc.assert(
      fc.property(network, network, (a, b) => {
        fc.pre(written(a) !== written(b));
        expect(neighbourhoodOf(`${written(a)}::1`)).not.toBe(neighbourhoodOf(`${written(b)}::1`));
      }),
    );
  });

  test('what is no address stays as it is', () => {
    expect(neighbourhoodOf('')).toBe('');
    expect(neighbourhoodOf('unknown')).toBe('unknown');
    expect(neighbourhoodOf('::1')).toBe('0:0:0:0::/64');
  });
});
