import type { Theme } from '#kiosk/session.svelte.ts';
import { name } from './places.ts';

/** Least contrast of text: the default aims at 10, the high themes at 20, the dim one at the 7 of WCAG 1.4.6. */
const TEXT: Readonly<Record<Theme, number>> = {
  light: 10,
  'white-on-black': 20,
  'black-on-white': 20,
  'low-glare': 7,
};
/** Of the borders of what can be touched, and of the focus (WCAG 1.4.11, 2.4.13). */
const PARTS = 3;

/** Text, edges of keys and the focus, each against what it stands on. */
export function colourFaults(theme: Theme): readonly string[] {
  const all = [...document.querySelectorAll<HTMLElement>('.panel *')].filter((part) => part.offsetWidth > 0);
  const foundFaults = new Set<string>();
  for (const part of all) {
    if (part.closest('.swatch, svg, .heard')) continue;
    const words = [...part.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
    if (words) note(part, contrast(getComputedStyle(part).color, groundOf(part)), TEXT[theme], 'text');
    if (part instanceof HTMLButtonElement && part.dataset['testid'] !== 'start') edge(part);
  }
  return [...foundFaults];

  /** A key is seen by its fill or by its border. */
  function edge(key: HTMLButtonElement): void {
    const { borderTopColor, borderTopWidth, backgroundColor } = getComputedStyle(key);
    const ground = groundOf(key.parentElement ?? key);
    const border = Number.parseFloat(borderTopWidth) > 0 ? contrast(borderTopColor, ground) : 1;
    note(key, Math.max(border, contrast(backgroundColor, ground)), PARTS, 'edge');
  }

  function note(part: HTMLElement, has: number, wants: number, what: string): void {
    if (has < wants) foundFaults.add(`${name(part)}: ${what} ${has.toFixed(1)} < ${wants}`);
  }
}

/** The focus: a ring of at least 2 px around each key, and ring or halo clear against what is around it. */
export function focusFaults(): readonly string[] {
  const panel = document.querySelector<HTMLElement>('.panel');
  panel?.classList.add('keys');
  const keys = [...document.querySelectorAll<HTMLButtonElement>('.panel button')].filter(
    (key) => key.offsetWidth > 0 && key.closest('[inert]') === null,
  );
  const faults = keys.flatMap((key) => {
    key.focus();
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(key);
    const halo = /rgba?\([^)]*\)/.exec(boxShadow)?.[0] ?? outlineColor;
    const ground = groundOf(key.parentElement ?? key);
    const isRing = outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2;
    const clear = Math.max(contrast(outlineColor, ground), contrast(halo, ground));
    return isRing && clear >= PARTS && document.activeElement === key
      ? []
      : [`${name(key)}: focus ${clear.toFixed(1)}`];
  });
  panel?.classList.remove('keys');
  return faults;
}

function groundOf(part: Element): string {
  for (let at: Element | null = part; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor;
  }
  return 'rgb(255, 255, 255)';
}

/** @source WCAG 2.2, relative luminance and contrast ratio */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
