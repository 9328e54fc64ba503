const REFUSED = ['contextmenu', 'dragstart', 'selectstart', 'dragover', 'drop', 'gesturestart', 'auxclick'] as const;
const ZOOM_KEYS: readonly string[] = ['+', '-', '=', '0'];

/**
 * A public screen is no computer: no menus, nothing to drag away, to mark or to zoom, no second window and no way to
 * another address. What the page cannot refuse (keys of the browser itself) the managed policies of `deploy/kiosk` do.
 *
 * @returns takes it all back
 */
export function lockScreen(window: Window & typeof globalThis): () => void {
  const ending = new AbortController();
  const strict = { capture: true, passive: false, signal: ending.signal };
  for (const name of REFUSED) window.addEventListener(name, refuse, strict);
  window.addEventListener('wheel', (event) => (event.ctrlKey ? refuse(event) : undefined), strict);
  window.addEventListener('touchmove', (event) => (event.touches.length > 1 ? refuse(event) : undefined), strict);
  window.addEventListener('keydown', (event) => (zooms(event) ? refuse(event) : undefined), strict);
  window.addEventListener('click', (event) => (leaves(event, window.location) ? refuse(event) : undefined), strict);
  const open = window.open.bind(window);
  window.open = () => null;
  ending.signal.addEventListener('abort', () => (window.open = open));
  return () => ending.abort();
}

function refuse(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

function zooms({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && ZOOM_KEYS.includes(key);
}

/** A link to elsewhere, or one that opens another window. */
function leaves({ target }: Event, { origin }: Location): boolean {
  const link = target instanceof Element ? target.closest('a[href]') : null;
  return (
    link instanceof HTMLAnchorElement && (link.origin !== origin || (link.target !== '' && link.target !== '_self'))
  );
}
