import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptSince } from '../../../../server/domain/retention.ts';

test('need and notes of a visit closed thirty days ago are still kept, of one closed thirty-one days ago no more', () => {
  const { details, tickets } = keptSince({ detailsDays: 30, ticketsDays: 90 }, '2026-03-31');
  expect(details).toBe('2026-03-01');
  expect(tickets).toBe('2025-12-31');
});

test('nothing of today ever goes, and details never outlive their ticket', () => {
  const days = fc.integer({ min: 1, max: 90 });
  fc.assert(
    fc.property(days, days, (a, b) => {
      const retention = { detailsDays: Math.min(a, b), ticketsDays: Math.max(a, b) };
      const limit = keptSince(retention, '2026-11-25');
      expect(limit.details < '2026-11-25').toBe(true);
      expect(limit.tickets <= limit.details).toBe(true);
    }),
  );
});
