import type { Attachment } from 'svelte/attachments';

/**
 * Makes a button act when a finger is lifted inside it, wherever it went in between; lifting it outside cancels
 * (WCAG 2.2, 2.5.2). The browser's own click gives up when an unsteady finger slides a few millimetres.
 * Keys, switches and assistive technology come as a click without pointer and act too.
 */
export function press(act: () => void): Attachment<HTMLButtonElement> {
  return (button) => {
    let pointer: number | null = null;

    function down(event: PointerEvent): void {
      if (event.button !== 0 || pointer !== null) return;
      pointer = event.pointerId;
      button.setPointerCapture(pointer);
      button.dataset['pressed'] = '';
    }

    function move(event: PointerEvent): void {
      if (event.pointerId !== pointer) return;
      if (isInside(event)) button.dataset['pressed'] = '';
      else delete button.dataset['pressed'];
    }

    function up(event: PointerEvent): void {
      if (event.pointerId !== pointer) return;
      forget();
      if (isInside(event) && !button.disabled) act();
    }

    function forget(): void {
      pointer = null;
      delete button.dataset['pressed'];
    }

    /** `detail` counts the clicks of a pointer: 0 is a key, a switch or a program. */
    function click(event: MouseEvent): void {
      if (event.detail === 0) act();
    }

    function isInside({ clientX, clientY }: PointerEvent): boolean {
      const { left, right, top, bottom } = button.getBoundingClientRect();
      return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    }

    const gone = new AbortController();
    const options = { signal: gone.signal };
    button.addEventListener('pointerdown', down, options);
    button.addEventListener('pointermove', move, options);
    button.addEventListener('pointerup', up, options);
    button.addEventListener('pointercancel', forget, options);
    button.addEventListener('click', click, options);
    return () => gone.abort();
  };
}
