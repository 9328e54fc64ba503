/** Of the 21.5-inch panel (CSS pixels per millimetre). */
const MM = 4.032;
/** EN 301 549 and the office's own rule: targets of 20 × 20 mm with 3 mm between them. */
const TARGET_MM = 20;
const GAP_MM = 3;
/** Low reach: the lower 40 % of 1,920 px. */
const REACH_TOP = 1_152;
/** The greeting may be touched too, but need not be: everything it does stands in reach. */
const BESIDES = 'start';

/** Sizes of targets and gaps between them in millimetres, reach, and whatever is cut off or runs out of its place. */
export function placeFaults(lowReach: boolean): readonly string[] {
  const targets = [...document.querySelectorAll<HTMLElement>('button')].filter((button) => button.offsetWidth > 0);
  const warning = document.querySelector('.warning');
  const open = warning ? targets.filter((target) => !isCovered(target, warning)) : targets;
  const boxes = open.map((target) => ({ target, box: target.getBoundingClientRect() }));
  return [
    ...boxes.flatMap(tooSmall),
    ...boxes.flatMap((one, index) => boxes.slice(index + 1).flatMap((other) => tooClose(one, other))),
    ...(lowReach ? boxes.filter(({ target }) => target.dataset['testid'] !== BESIDES).flatMap(tooHigh) : []),
    ...[...document.querySelectorAll<HTMLElement>('.panel *')].flatMap(clipped),
  ];
}

interface Placed {
  readonly target: HTMLElement;
  readonly box: DOMRect;
}

function tooSmall({ target, box: { width, height } }: Placed): readonly string[] {
  return Math.min(width, height) + 0.5 < TARGET_MM * MM ? [`${name(target)} is ${mm(width)} × ${mm(height)} mm`] : [];
}

function tooClose({ target, box: a }: Placed, { target: other, box: b }: Placed): readonly string[] {
  const across = Math.max(a.left, b.left) - Math.min(a.right, b.right);
  const down = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
  return Math.max(across, down) + 0.5 < GAP_MM * MM ? [`${name(target)} and ${name(other)} are too close`] : [];
}

function tooHigh({ target, box: { top } }: Placed): readonly string[] {
  return top + 0.5 < REACH_TOP ? [`${name(target)} begins at ${top.toFixed(0)} px`] : [];
}

/** Words wider than their place, or content that runs out of the panel or under the floor. */
function clipped(part: HTMLElement): readonly string[] {
  if (part.offsetWidth === 0 || part.closest('svg, .heard') || getComputedStyle(part).display === 'inline') return [];
  const { top, bottom, right, left } = part.getBoundingClientRect();
  const floor = document.querySelector('.floor')?.getBoundingClientRect().top ?? 1_920;
  const isOverFloor = bottom > floor + 1 && part.closest('.reading, .choices, .acts, .head') !== null;
  const isTooWide = part.scrollWidth > part.clientWidth + 2 || right > 1_081 || left < -1;
  const isTooTall = part.matches('button') && part.scrollHeight > part.clientHeight + 2;
  const box = part.matches('[data-block]') ? part.closest('.reading, .choices')?.getBoundingClientRect() : undefined;
  const isCut = box !== undefined && (bottom > box.bottom + 2 || top < box.top - 2);
  return isOverFloor || isTooWide || isTooTall || isCut ? [`${name(part)} is clipped`] : [];
}

function isCovered(target: HTMLElement, cover: Element): boolean {
  return (
    !cover.contains(target) &&
    !target.closest('.floor') &&
    target.getBoundingClientRect().bottom > cover.getBoundingClientRect().top
  );
}

export function name(part: HTMLElement): string {
  return `${part.dataset['testid'] ?? part.className} “${part.innerText.slice(0, 30)}”`;
}

function mm(px: number): string {
  return (px / MM).toFixed(1);
}
