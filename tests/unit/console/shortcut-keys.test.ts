import { expect, test } from 'vitest';
import { canBeShortcut, keysFrom, SHORTCUTS, shortcutOf, USUAL_KEYS, withKey } from '#console/shortcut-keys.ts';

test('no two shortcuts have the same key', () => {
  expect(new Set(Object.values(USUAL_KEYS)).size).toBe(SHORTCUTS.length);
});

test('a key given to another verb swaps with the one that had it', () => {
  const keys = withKey(USUAL_KEYS, 'callNext', USUAL_KEYS.finish);
  expect(keys.callNext).toBe(USUAL_KEYS.finish);
  expect(keys.finish).toBe(USUAL_KEYS.callNext);
  expect(new Set(Object.values(keys)).size).toBe(SHORTCUTS.length);
});

test('with a Cyrillic layout the place of the key counts', () => {
  expect(shortcutOf(USUAL_KEYS, { key: 'т', code: 'KeyN' })).toBe('callNext');
  expect(shortcutOf(USUAL_KEYS, { key: 'N', code: 'KeyN' })).toBe('callNext');
  expect(shortcutOf(USUAL_KEYS, { key: 'ö', code: 'Semicolon' })).toBeNull();
});

test('only one visible sign can be a shortcut', () => {
  expect(['a', 'õ', '/', '5'].map(canBeShortcut)).toEqual([true, true, true, true]);
  expect(['Enter', ' ', 'Tab'].map(canBeShortcut)).toEqual([false, false, false]);
});

test('what was kept is used as far as it is good', () => {
  expect(keysFrom({ callNext: 'k', finish: 7, unknown: 'q', park: 'Enter' })).toEqual({ ...USUAL_KEYS, callNext: 'k' });
  expect(keysFrom(null)).toEqual(USUAL_KEYS);
});
