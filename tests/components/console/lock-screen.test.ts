import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import LockScreen from '#console/account/LockScreen.svelte';
import type { Me } from '#console/door/door-answer.ts';
import { text } from '#console/words.svelte.ts';
import { key } from './at-the-desk.ts';

const ME: Me = { state: 'locked', outside: 'TARA', name: 'Mari Maasikas', lockAfterMinutes: 10, hasPassphrase: true };

async function locked(me: Me): Promise<void> {
  text.choose('ru');
  await render(LockScreen, { me, onnext: () => undefined, onended: () => undefined });
}

test('whoever has a passphrase opens the lock by it, or by the outside sign-in', async () => {
  await locked(ME);
  await expect.element(key('unlock')).toBeVisible();
  await expect.element(key('unlock-outside')).toHaveAttribute('href', '/api/outside?lang=ru');
  await expect.element(key('unlock-outside')).toMatchTextContent(/TARA/);
});

test('whoever has none is not asked for one', async () => {
  await locked({ ...ME, hasPassphrase: false });
  await expect.element(key('unlock-outside')).toBeVisible();
  await expect.element(key('unlock')).not.toBeInTheDocument();
});

test('where there is no outside sign-in, none is offered', async () => {
  await locked({ ...ME, outside: null });
  await expect.element(key('unlock')).toBeVisible();
  await expect.element(key('unlock-outside')).not.toBeInTheDocument();
});
