const TOUCHES = ['pointerdown', 'keydown', 'wheel'] as const;
const LOOK_EVERY_MS = 5_000;

/**
 * Locks a console nobody touches: a tablet left on the desk shows nobody's affairs.
 *
 * @param afterMs milliseconds without a touch
 * @returns how to stop
 */
export function idleLock(afterMs: number, lock: () => void): () => void {
  let touchedAt = performance.now();
  const touched = (): void => void (touchedAt = performance.now());
  for (const name of TOUCHES) addEventListener(name, touched, { passive: true, capture: true });
  const timer = setInterval(() => {
    if (performance.now() - touchedAt >= afterMs) lock();
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    for (const name of TOUCHES) removeEventListener(name, touched, { capture: true });
  };
}
