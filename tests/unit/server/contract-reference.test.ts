import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { REQUESTS } from '../../../server/contract/events.ts';

const root = join(import.meta.dirname, '../../..');

interface Row {
  readonly name: string;
  readonly says: string;
  readonly roles: readonly string[];
  readonly request: {
    readonly type: string;
    readonly additionalProperties: boolean;
    readonly required?: readonly string[];
  };
  readonly reply: object;
}

test('the event table is told whole, each row with roles and the schemas of request and reply', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['server/events.ts'], { cwd: root });
  const rows = JSON.parse(stdout) as Row[];
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(REQUESTS));
  for (const { name, says, roles, request, reply } of rows) {
    expect(says, name).not.toBe('');
    expect(roles, name).not.toEqual([]);
    expect(request, name).toMatchObject({ type: 'object', additionalProperties: false });
    expect(Object.keys(reply).length, `${name}: what it answers`).toBeGreaterThan(1);
  }
});
