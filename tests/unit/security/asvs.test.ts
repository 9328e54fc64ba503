import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

interface Item {
  readonly id: string;
  readonly title: string;
  readonly status: 'met' | 'partly' | 'open' | 'not-applicable';
  readonly evidence: readonly string[];
  readonly note?: string;
}

const { items } = JSON.parse(readFileSync(join(root, 'tests/security/asvs.json'), 'utf8')) as {
  items: readonly Item[];
};

describe('the list of requirements', () => {
  test('names each once', () => {
    const ids = items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(items.map((item) => [item.id, item] as const))('%s has a status that can be looked up', (_, item) => {
    expect(['met', 'partly', 'open', 'not-applicable']).toContain(item.status);
    if (item.status === 'met') expect(item.evidence.length, item.title).toBeGreaterThan(0);
    else expect(item.note ?? '', item.title).not.toBe('');
    for (const path of item.evidence) expect(existsSync(join(root, path)), path).toBe(true);
  });
});
