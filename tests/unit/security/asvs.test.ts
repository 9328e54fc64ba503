import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

interface Item {
  readonly id: string;
  readonly level: 1 | 2 | 3;
  readonly title: string;
  readonly status: 'met' | 'partly' | 'open' | 'not-applicable';
  /** What proves it: a file and the name of a test in it, as it is written there. */
  readonly tests: readonly { readonly file: string; readonly test: string }[];
  /** Where something is written down that the item asks for. */
  readonly documents?: readonly string[];
  readonly note?: string;
}

const { items } = JSON.parse(readFileSync(join(root, 'tests/security/asvs.json'), 'utf8')) as {
  items: readonly Item[];
};

/** What the requirement table of this product asks for; chapters that do not apply stand as one. */
const ASKED = [
  ...[
    '1.2.4',
    '1.3.x',
    '2.2.1',
    '2.2.2',
    '2.3.3',
    '2.3.4',
    '2.4.1',
    '3.3.1',
    '3.3.2',
    '3.3.3',
    '3.3.4',
    '3.4.1',
    '3.4.3',
  ],
  ...[
    '3.4.4',
    '3.4.5',
    '3.4.6',
    '3.4.8',
    '3.5.1',
    '3.5.2',
    '3.5.3',
    '4.3.x',
    '4.4.1',
    '4.4.2',
    '4.4.3',
    '4.4.4',
    '6.1.1',
  ],
  ...Array.from({ length: 12 }, (_, i) => `6.2.${i + 1}`),
  ...['6.3.1', '6.3.2', '6.3.3', '6.3.8', '6.4.1', '6.5.1', '6.5.2', '6.5.3', '6.5.4', '6.5.5', '6.5.6', '6.6.3'],
  ...['6.8.1', '6.8.2', '6.8.3', '6.8.4', '7.1.1', '7.2.3', '7.2.4', '7.3.1', '7.3.2', '7.4.1', '7.4.2', '7.4.5'],
  ...['8.1.1', '8.2.1', '8.2.2', '8.2.3', '8.3.1', '8.3.2', '10.1.1', '10.1.2', '10.2.1', '10.2.2', '10.3.x', '10.4.x'],
  ...['10.5.1', '10.5.2', '10.5.3', '10.5.4', '10.5.5', '10.6.x', '10.7.x', '11.4.2', '12.1.1', '12.1.3', '12.2.1'],
  ...['12.3.1', '12.3.3', '12.3.4', '13.3.1', '13.4.1', '13.4.3', '13.4.4', '13.4.6', '14.1.1', '14.1.2', '14.2.1'],
  ...['14.2.7', '14.3.1', '14.3.2', '15.1.2', '15.1.4', '15.2.2', '15.3.3', '15.3.5', '15.3.6', '15.4.2', '16.2.1'],
  ...[
    '16.2.2',
    '16.3.1',
    '16.3.2',
    '16.3.3',
    '16.3.4',
    '16.4.1',
    '16.4.2',
    '16.4.3',
    '16.5.1',
    '16.5.3',
    '16.5.4',
    '17.x',
  ],
];

/** Whether a file has this name of a test, or of a case of one, as it is written between its quotes. */
function names(file: string, test: string): boolean {
  const source = readFileSync(join(root, file), 'utf8');
  return [`'${test}'`, `"${test}"`, `\`${test}\``].some((written) => source.includes(written));
}

describe('the list of requirements', () => {
  test('names each once, and leaves out none that is asked for', () => {
    const ids = items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ASKED.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test.each(items.map((item) => [item.id, item] as const))('%s is proved by tests that are there', (_, item) => {
    expect(['met', 'partly', 'open', 'not-applicable']).toContain(item.status);
    if (item.status === 'met') expect(item.tests.length, item.title).toBeGreaterThan(0);
    else expect(item.note ?? '', item.title).not.toBe('');
    for (const { file, test: name } of item.tests) {
      expect(file).toMatch(/^tests\/.*\.(test|spec)\.ts$/);
      expect(existsSync(join(root, file)), file).toBe(true);
      expect(names(file, name), `${file}: ${name}`).toBe(true);
    }
    for (const path of item.documents ?? []) expect(existsSync(join(root, path)), path).toBe(true);
  });
});
