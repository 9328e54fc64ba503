import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../../..');
const lock = read('package-lock.json') as { packages: Record<string, { version?: string }> };
const own = read('package.json') as { dependencies: Record<string, string> };

test('the abandoned "request" and what hangs on it are not installed with the encoder', () => {
  const installed = Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1));
  for (const name of ['request', 'tough-cookie', 'har-validator', 'get-pixels-frames', 'serialport']) {
    const real = Object.entries(lock.packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
    expect(
      real.filter(([, { version }]) => version !== '3.0.1'),
      name,
    ).toEqual([]);
  }
  expect(installed).toContain('escpos');
  expect(installed).not.toContain('request');
});

test('what turns text into bytes is pinned', () => {
  expect(own.dependencies).toMatchObject({ escpos: '2.5.2', 'iconv-lite': '0.6.3' });
});

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, name), 'utf8'));
}
