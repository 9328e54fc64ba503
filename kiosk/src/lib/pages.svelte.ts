import type { Attachment } from 'svelte/attachments';
import { pack } from './pack.ts';

/**
 * Lets content that is too tall for its place turn over like pages: nothing on a kiosk scrolls. Every `[data-block]`
 * inside is shown on exactly one page; `[data-block="keep"]` is a heading that stays with what follows.
 */
export class Pages {
  count = $state(1);
  #resized = $state(0);

  /**
   * @param page the page to show, counted from 0; beyond the last one, the last one is shown
   * @param watch reads everything the size of the content depends on
   */
  attach(page: () => number, watch: () => unknown): Attachment<HTMLElement> {
    return (container) => {
      const observer = new ResizeObserver(() => (this.#resized += 1));
      observer.observe(container);
      const fonts = new AbortController();
      document.fonts.addEventListener('loadingdone', () => (this.#resized += 1), { signal: fonts.signal });
      $effect(() => {
        watch();
        void this.#resized;
        this.count = arrange(container, page());
      });
      return () => {
        observer.disconnect();
        fonts.abort();
      };
    };
  }
}

/** Shows the blocks of one page and hides the others. @returns how many pages there are */
function arrange(container: HTMLElement, wanted: number): number {
  const blocks = [...container.querySelectorAll<HTMLElement>('[data-block]')];
  for (const block of blocks) block.hidden = false;
  const extents = blocks.map((block) => {
    const { top, bottom } = block.getBoundingClientRect();
    return { top, bottom, keep: block.dataset['block'] === 'keep' };
  });
  const pages = pack(extents, container.clientHeight);
  const count = (pages.at(-1) ?? 0) + 1;
  const page = Math.min(wanted, count - 1);
  for (const [index, block] of blocks.entries()) block.hidden = pages[index] !== page;
  return count;
}
