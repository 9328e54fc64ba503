import { expect, test } from 'vitest';
import type { ConsoleContent } from '#contract/content.ts';
import { EMPTY_DRAFT, findingsOf, serviceOf, toggled } from '#console/findings.ts';
import { newRequestId } from '#console/request-id.ts';
import { waiting } from './a-board.ts';

const CONTENT = { needs: [{ id: 'pension.old_age', serviceId: 'pension' }] } as unknown as Pick<
  ConsoleContent,
  'needs'
>;
const { serviceId } = waiting('K001');

test('a need leads to its service; without one a ticket stays where it waits', () => {
  expect(serviceOf(CONTENT, 'pension.old_age', null)).toBe('pension');
  expect(serviceOf(CONTENT, null, serviceId)).toBe(serviceId);
  expect(serviceOf(CONTENT, null, null)).toBeNull();
});

test('the service itself is not one of the further ones, and a note has no edges of blanks', () => {
  expect(findingsOf({ ...EMPTY_DRAFT, further: [serviceId], note: ' vajab abi ' }, serviceId)).toMatchObject({
    further: [],
    note: 'vajab abi',
  });
});

test('choosing again takes back', () => {
  expect(toggled(toggled([], 'fetch'), 'fetch')).toEqual([]);
});

test('request ids are UUIDs of version 4, each another', () => {
  const made = Array.from({ length: 100 }, newRequestId);
  expect(new Set(made).size).toBe(100);
  for (const id of made) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
