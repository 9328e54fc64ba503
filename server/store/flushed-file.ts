import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Replaces a file at once and for its owner's eyes only: a power cut leaves the old one or the new one, nothing between. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const handle = await open(`${path}.part`, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.part`, path);
  await flushFolder(dirname(path));
}

/** Makes renamed and removed names of a folder last through a power cut. */
export async function flushFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle
    .sync()
    .catch(() => undefined) // not every system flushes folders
    .finally(() => handle.close());
}
