/** Starts after the reply has left. */
export async function soon(work: () => Promise<void>): Promise<void> {
  await new Promise(setImmediate);
  await work();
}
