import { describe, expect, test } from 'vitest';
import { Outage } from '../../../../server/basics/outage.ts';
import { Turns } from '../../../../server/basics/turns.ts';

/** Far beyond the length of a test (milliseconds): nobody is refused for waiting. */
const PATIENT_MS = 60_000;

describe('turns', () => {
  test('one at a time, in the order asked for', async () => {
    const turns = new Turns(PATIENT_MS);
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
    };
    await Promise.all([turns.take(work('first')), turns.take(work('second')), turns.take(work('third'))]);
    expect(seen).toEqual(['first begins', 'first ends', 'second begins', 'second ends', 'third begins', 'third ends']);
  });

  test('work that fails gives its turn on, and its caller hears of it', async () => {
    const turns = new Turns(PATIENT_MS);
    const failed = turns.take(() => Promise.reject(new Error('paper jam')));
    const after = turns.take(() => Promise.resolve('done'));
    await expect(failed).rejects.toThrow('paper jam');
    await expect(after).resolves.toBe('done');
  });

  test('work that asks for a turn inside its own turn is refused as an outage, and others go on', async () => {
    const turns = new Turns(1);
    await expect(turns.take(() => turns.take(() => Promise.resolve('never')))).rejects.toThrow(Outage);
    await expect(turns.take(() => Promise.resolve('next'))).resolves.toBe('next');
  });

  test('who gave up waiting is passed over', async () => {
    const turns = new Turns(1);
    await turns.enter();
    await expect(turns.enter()).rejects.toThrow(Outage);
    turns.leave();
    await expect(turns.take(() => Promise.resolve('mine'))).resolves.toBe('mine');
  });
});
