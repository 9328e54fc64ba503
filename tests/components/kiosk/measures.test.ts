import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '#contract/language.ts';
import { TEXT_SCALES } from '#kiosk/session.svelte.ts';
import { begin, choose, finish, press, settle } from '#kiosk/visit.ts';
import type { Need, Visit } from '#kiosk/visit.ts';
import type { AtTheKiosk } from './at-the-kiosk.ts';
import { atTheKiosk } from './at-the-kiosk.ts';
import { ISSUED, aBoard, slip } from './scripted-line.svelte.ts';
import { NOBODY } from '#kiosk/visit.ts';

/** Of the 21.5-inch panel (CSS pixels per millimetre). */
const MM = 4.032;
/** EN 301 549 and the office's own rule: targets of 20 × 20 mm with 3 mm between them. */
const TARGET_MM = 20;
const GAP_MM = 3;
/** Low reach: the lower 40 % of 1,920 px. */
const REACH_TOP = 1_152;

const TOPIC = { id: 'family' as Need['id'], kind: 'topic' } as const;
const TOPICS = begin(NOBODY);
const SUB_NEEDS = choose(TOPICS, TOPIC);
const LEAF = leaf('pension.old_age');
const TAP = { requestId: 'r' as never, needId: 'pension.old_age' as Need['id'], language: 'et' } as const;
const TICKET = settle(press(LEAF, TAP), TAP.requestId, { kind: 'issued', issued: ISSUED });

/** Every state a visitor can meet. */
const STATES: Readonly<Record<string, (at: AtTheKiosk) => void>> = {
  start: () => undefined,
  topics: visit(TOPICS),
  'sub-needs': visit(SUB_NEEDS),
  leaf: visit(LEAF),
  'a leaf with the longest name': visit(leaf('family.maintenance_enforcement')),
  elsewhere: visit(leaf('devices.where')),
  refused: visit(settle(press(LEAF, TAP), TAP.requestId, { kind: 'refused', refusal: { code: 'unknown-need' } })),
  cannot: visit(settle(press(LEAF, TAP), TAP.requestId, { kind: 'failed', reference: '7f3a' })),
  'ticket, printing': visit(TICKET),
  'ticket, did it come out': (at) => {
    visit(TICKET)(at);
    at.line.board = aBoard({ slips: [slip('unknown')] });
  },
  'ticket, no paper, last seconds': (at) => {
    visit(TICKET)(at);
    at.kiosk.idle.secondsLeft = 22;
    at.line.board = aBoard({ printer: 'paper-out', slips: [slip('not-printed', 'paper-out')] });
  },
  'ticket, printer open': (at) => {
    visit(TICKET)(at);
    at.line.board = aBoard({ printer: 'cover-open', slips: [slip('not-printed', 'cover-open')] });
  },
  'last seconds of a choice': (at) => {
    visit(TOPICS)(at);
    at.kiosk.idle.secondsLeft = 22;
  },
  thanks: visit(finish(TICKET)),
  accessibility: (at) => at.kiosk.open('access'),
  'person called': (at) => {
    at.kiosk.open('help');
    at.line.board = aBoard({ help: 'called' });
  },
  closed: (at) => {
    at.line.board = aBoard({ opening: { open: false, changesAt: null } });
    const { content } = at.line;
    const week = Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: '09:00', until: '16:00' }] : []));
    if (content)
      at.line.content = { ...content, office: { ...content.office, hours: { kind: 'weekly', week, exceptions: {} } } };
  },
  'out of service': (at) => {
    at.line.stale = true;
  },
};

describe.each(Object.entries(STATES))('%s', (_, reach) => {
  test.each(LANGUAGES)('keeps its measures at every size, high and low, in %s', async (language) => {
    const at = await atTheKiosk();
    reach(at);
    const found: string[] = [];
    for (const textScale of TEXT_SCALES) {
      for (const lowReach of [false, true]) {
        Object.assign(at.kiosk.session, { language, textScale, lowReach });
        for (const fault of await everyPage(at)) found.push(`${textScale * 100} %${lowReach ? ', low' : ''}: ${fault}`);
      }
    }
    expect(found).toEqual([]);
  });
});

async function everyPage({ kiosk }: AtTheKiosk): Promise<readonly string[]> {
  await painted();
  const found = [...faults(kiosk.session.lowReach)];
  for (let page = 2; document.querySelector('[data-testid="more"]') && page < 20; page++) {
    kiosk.more();
    await painted();
    found.push(...faults(kiosk.session.lowReach).map((fault) => `page ${page}: ${fault}`));
  }
  while (kiosk.canGoBack && document.querySelector('.pips') && !document.querySelector('.pips .on:first-child')) {
    kiosk.back();
    await painted();
  }
  return found;
}

/** Two frames: one for the new size, one for the pages it makes. */
async function painted(): Promise<void> {
  await document.fonts.ready;
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
}

function faults(lowReach: boolean): readonly string[] {
  const targets = [...document.querySelectorAll<HTMLElement>('button')].filter((button) => button.offsetWidth > 0);
  const warning = document.querySelector('.warning');
  const open = warning ? targets.filter((target) => !isCovered(target, warning)) : targets;
  return [
    ...open.flatMap((target) => tooSmall(target)),
    ...open.flatMap((target, index) => open.slice(index + 1).flatMap((other) => tooClose(target, other))),
    ...(lowReach ? open.filter((target) => target.dataset['testid'] !== 'start').flatMap(tooHigh) : []),
    ...[...document.querySelectorAll<HTMLElement>('.panel *')].flatMap(clipped),
  ];
}

function tooSmall(target: HTMLElement): readonly string[] {
  const { width, height } = target.getBoundingClientRect();
  return Math.min(width, height) + 0.5 < TARGET_MM * MM ? [`${name(target)} is ${mm(width)} × ${mm(height)} mm`] : [];
}

function tooClose(target: HTMLElement, other: HTMLElement): readonly string[] {
  const a = target.getBoundingClientRect();
  const b = other.getBoundingClientRect();
  const across = Math.max(a.left, b.left) - Math.min(a.right, b.right);
  const down = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
  return Math.max(across, down) + 0.5 < GAP_MM * MM ? [`${name(target)} and ${name(other)} are too close`] : [];
}

function tooHigh(target: HTMLElement): readonly string[] {
  const { top } = target.getBoundingClientRect();
  return top + 0.5 < REACH_TOP ? [`${name(target)} begins at ${top.toFixed(0)} px`] : [];
}

/** Words wider than their place, or content that runs out of the panel or under the floor. */
function clipped(part: HTMLElement): readonly string[] {
  if (part.closest('svg, .heard') || part.offsetWidth === 0 || getComputedStyle(part).display === 'inline') return [];
  const { bottom, right, left } = part.getBoundingClientRect();
  const floor = document.querySelector('.floor')?.getBoundingClientRect().top ?? 1_920;
  const isOverFloor = part.closest('.reading, .choices, .acts, .head') !== null && bottom > floor + 1;
  const isTooWide = part.scrollWidth > part.clientWidth + 2 || right > 1_081 || left < -1;
  const box = part.closest('.reading, .choices')?.getBoundingClientRect();
  const isCut =
    box !== undefined &&
    part.matches('[data-block]') &&
    (bottom > box.bottom + 2 || part.getBoundingClientRect().top < box.top - 2);
  return isOverFloor || isTooWide || isCut ? [`${name(part)} is clipped`] : [];
}

function isCovered(target: HTMLElement, cover: Element): boolean {
  return (
    !cover.contains(target) &&
    !target.closest('.floor') &&
    target.getBoundingClientRect().bottom > cover.getBoundingClientRect().top
  );
}

function name(part: HTMLElement): string {
  return `${part.dataset['testid'] ?? part.className} “${part.innerText.slice(0, 30)}”`;
}

function mm(px: number): string {
  return (px / MM).toFixed(1);
}

function leaf(id: string): Visit {
  return choose(SUB_NEEDS, { id: id as Need['id'], kind: 'leaf' });
}

function visit(there: Visit): (at: AtTheKiosk) => void {
  return ({ kiosk }) => (kiosk.visit = there);
}
