import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FAULTS } from '../../faults/all.ts';

const ROOT = join(import.meta.dirname, '../../..');
const TEXT = readFileSync(join(ROOT, 'docs/reliability.md'), 'utf8');
const ROWS = [...TEXT.matchAll(/^\| F(?<number>\d+) \|.*\| (?<proof>[^|]+) \|$/gm)].map(({ groups }) => groups ?? {});
const HOW_MANY = 26;

test('every fault of the list has its row, and every row names a proof that is there', () => {
  expect(ROWS.map(({ number }) => Number(number))).toEqual(Array.from({ length: HOW_MANY }, (_, i) => i + 1));
  const names = FAULTS.map(({ name }) => name);
  const scripts = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }).scripts;
  const isThere = (proof: string): boolean => {
    if (proof.startsWith('tests/')) return existsSync(join(ROOT, proof));
    if (proof.startsWith('npm run ')) return Object.hasOwn(scripts, proof.slice('npm run '.length));
    if (proof.endsWith('.test.ts')) return globSync(`tests/**/${proof}`, { cwd: ROOT }).length > 0;
    return names.some((name) => name === proof || (proof.endsWith('-*') && name.startsWith(proof.slice(0, -1))));
  };
  const missing = ROWS.flatMap(({ number, proof = '' }) =>
    [...proof.matchAll(/`([^`]+)`/g)].flatMap(([, name = '']) => (isThere(name) ? [] : [`F${number ?? ''}: ${name}`])),
  );
  expect(missing).toEqual([]);
});

test('every trial of the whole run is described', () => {
  const told = FAULTS.filter(({ name }) => TEXT.includes(`\`${name}\``)).map(({ name }) => name);
  expect(told).toEqual(FAULTS.map(({ name }) => name));
});
