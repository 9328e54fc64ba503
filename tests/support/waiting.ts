const WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 10;

/** Waits until something is so. @throws Error that says what did not come about */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, withinMs = WITHIN_MS): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`did not come about: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
