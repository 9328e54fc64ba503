import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

interface Package {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

describe('every package this product asks for', () => {
  const asked = read('package.json') as Package;
  const names = [asked.dependencies, asked.devDependencies, asked.optionalDependencies].flatMap(Object.keys).sort();
  const known = read('tests/security/deps.json') as Readonly<Record<string, { readonly for: string }>>;

  test('has an entry that says what it is for, and no entry is left over', () => {
    expect(Object.keys(known).sort()).toEqual(names);
    for (const [name, entry] of Object.entries(known)) expect(entry.for.length, name).toBeGreaterThan(2);
  });

  test('may run a script at its installation only where package.json allows it by name', () => {
    const { packages } = read('package-lock.json') as { packages: Record<string, { hasInstallScript?: boolean }> };
    const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> };
    const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const unknown = scripted
      .map(([path]) => path.split('node_modules/').at(-1) ?? '')
      .filter((name) => !(name in allowScripts));
    expect([...new Set(unknown)].filter((name) => name !== 'fsevents')).toEqual([]);
  });
});
