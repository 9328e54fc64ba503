import { describe, expect, test, vi } from 'vitest';
import { FAILPOINTS } from '../../../server/basics/failpoint.ts';
import { BadSetting, readConfig } from '../../../server/config.ts';
import { endsAt, failpointNamed } from '../../../server/failpoint.ts';

describe('a failpoint', () => {
  test('is refused outside a test run: no setting of a real office can end it', () => {
    expect(() => readConfig({ FAILPOINT: 'before_commit' })).toThrow(BadSetting);
    expect(() => readConfig({ FAILPOINT: 'before_commit', NODE_ENV: 'production' })).toThrow('test runs only');
  });

  test('is one of the known points, with the passing that counts', () => {
    expect(readConfig({ FAILPOINT: 'before_commit:3', NODE_ENV: 'test' }).failpoint).toEqual({
      point: 'before_commit',
      pass: 3,
    });
    expect(() => readConfig({ FAILPOINT: 'nowhere', NODE_ENV: 'test' })).toThrow('there is no point "nowhere"');
    for (const point of FAILPOINTS) expect(failpointNamed(point)).toEqual({ point, pass: 1 });
    expect(failpointNamed('before_commit:0')).toBeNull();
  });

  test('ends the process at its own point and passing alone', () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const pass = endsAt({ point: 'in_commit', pass: 2 });
    for (const point of ['after_decide', 'in_commit', 'before_commit'] as const) pass(point);
    expect(kill).not.toHaveBeenCalled();
    pass('in_commit');
    expect(kill).toHaveBeenCalledExactlyOnceWith(process.pid, 'SIGKILL');
    endsAt(null)('in_commit');
    expect(kill).toHaveBeenCalledOnce();
    kill.mockRestore();
  });
});
