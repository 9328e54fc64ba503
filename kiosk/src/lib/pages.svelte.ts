import type { Attachment } from 'svelte/attachments';
import { pack } from './pack.ts';
import type { Extent } from './pack.ts';

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
  attach(page: () => number, watch: (resized: number) => unknown): Attachment<HTMLElement> {
    return (container) => {
      // In the next frame: a change of size inside the observer's own turn would make the browser complain of a loop.
      const observer = new ResizeObserver(() => requestAnimationFrame(() => (this.#resized += 1)));
      observer.observe(container);
      const fonts = new AbortController();
      document.fonts.addEventListener('loadingdone', () => (this.#resized += 1), { signal: fonts.signal });
      $effect(() => {
        watch(this.#resized);
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
  const room = container.clientHeight + takenByPaging(container);
  container.classList.remove('single');
  // Side by side only while every word fits whole and nothing has to turn over.
  if (blocks.some(isTooNarrow) || heightOf(blocks) > room + 1) container.classList.add('single');
  const pages = heightOf(blocks) <= room + 1 ? blocks.map(() => 0) : pack(blocks.map(extentOf), roomOf(container));
  const count = (pages.at(-1) ?? 0) + 1;
  const page = Math.min(wanted, count - 1);
  for (const [index, block] of blocks.entries()) block.hidden = pages[index] !== page;
  return count;
}

/** Its padding is what the edges of a card need when it is parted. */
function roomOf(container: HTMLElement): number {
  return container.clientHeight - Number.parseFloat(getComputedStyle(container).paddingBlockEnd);
}

function extentOf(block: HTMLElement): Extent {
  const { top, bottom } = block.getBoundingClientRect();
  return { top, bottom, keep: block.dataset['block'] === 'keep' };
}

function heightOf(blocks: readonly HTMLElement[]): number {
  const extents = blocks.map(extentOf);
  return Math.max(0, ...extents.map(({ bottom }) => bottom)) - Math.min(...extents.map(({ top }) => top));
}

function isTooNarrow(block: HTMLElement): boolean {
  return [block, ...block.querySelectorAll('*')].some(
    (part) => part instanceof HTMLElement && part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0,
  );
}

/**
 * The room that "page 1 of 2" and *More* take from the content now, and give back when one page is enough. In low
 * reach the upper and the lower part of the screen have fixed heights, so only its own part counts.
 */
function takenByPaging(container: HTMLElement): number {
  const area = container.closest('.low .upper, .low .lower') ?? container.closest('.screen');
  const parts = [...(area?.querySelectorAll<HTMLElement>('[data-paging]') ?? [])];
  return parts.reduce((sum, part) => sum + part.offsetHeight + gapOf(part), 0);
}

function gapOf({ parentElement }: HTMLElement): number {
  return parentElement ? Number.parseFloat(getComputedStyle(parentElement).rowGap) || 0 : 0;
}
