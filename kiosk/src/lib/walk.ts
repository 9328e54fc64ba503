/** What can be operated now, in reading order: the keys of the screen, then the fixed ones. */
export function targetsOf(panel: HTMLElement): readonly HTMLElement[] {
  return [...panel.querySelectorAll<HTMLElement>('button')].filter(
    (target) => target.offsetWidth > 0 && target.closest('[inert]') === null,
  );
}

/**
 * Moves the focus by one, round and round: with *next* and *select* alone everything can be reached (two switches).
 * From the title of a screen it goes to the first key.
 */
export function step(panel: HTMLElement, by: 1 | -1): void {
  const targets = targetsOf(panel);
  const at = targets.findIndex((target) => target === document.activeElement);
  const next = at < 0 ? (by === 1 ? 0 : targets.length - 1) : (at + by + targets.length) % targets.length;
  targets[next]?.focus();
}

/** Presses what has the focus. @returns whether there was anything to press */
export function select(panel: HTMLElement): boolean {
  const focused = targetsOf(panel).find((target) => target === document.activeElement);
  focused?.click();
  return focused !== undefined;
}
