import type { EpochMs, TicketId } from './ids.ts';

/** What decides a place in a line: the earliest promised time, then the clock, then the order of issue. */
export interface Place {
  readonly id: TicketId;
  readonly callBy: EpochMs;
  readonly clock: EpochMs;
  readonly order: number;
}

/**
 * One queue's waiting tickets in promised-time order. Never changed: each change makes a new line that shares all but a
 * few nodes, so joining, leaving and asking for a place cost the logarithm of its length.
 *
 * @source weight-balanced trees with the parameters (3, 2): Y. Hirai, K. Yamamoto, "Balancing weight-balanced trees",
 *   Journal of Functional Programming 21(3), 2011
 */
export type Line = Node | null;

interface Node {
  readonly place: Place;
  readonly size: number;
  readonly left: Line;
  readonly right: Line;
}

export function lineLength(line: Line): number {
  return line?.size ?? 0;
}

export function lineWith(line: Line, place: Place): Node {
  if (!line) return node(null, place, null);
  const side = byPlace(place, line.place);
  if (side === 0) return node(line.left, place, line.right);
  return side < 0
    ? balanced(lineWith(line.left, place), line.place, line.right)
    : balanced(line.left, line.place, lineWith(line.right, place));
}

/** Without the ticket that stands at this place; the same line when it is not there. */
export function lineWithout(line: Line, place: Place): Line {
  if (!line) return null;
  const side = byPlace(place, line.place);
  if (side === 0) return joined(line.left, line.right);
  return side < 0
    ? balanced(lineWithout(line.left, place), line.place, line.right)
    : balanced(line.left, line.place, lineWithout(line.right, place));
}

/** How many stand before this place, whether or not it is in the line itself. */
export function ahead(line: Line, place: Place): number {
  if (!line) return 0;
  return byPlace(place, line.place) <= 0
    ? ahead(line.left, place)
    : lineLength(line.left) + 1 + ahead(line.right, place);
}

/** The first that stands after this place; `null` when none does. */
export function nextAfter(line: Line, place: Place): Place | null {
  if (!line) return null;
  if (byPlace(line.place, place) <= 0) return nextAfter(line.right, place);
  return nextAfter(line.left, place) ?? line.place;
}

/** All places, first to last. */
export function* inOrder(line: Line): Generator<Place> {
  if (!line) return;
  yield* inOrder(line.left);
  yield line.place;
  yield* inOrder(line.right);
}

/** Negative when `a` stands before `b`; zero only for the same ticket. */
export function byPlace(a: Place, b: Place): number {
  return a.callBy - b.callBy || a.clock - b.clock || a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** A subtree may weigh at most this many times the other. */
const DELTA = 3;
/** Decides between a single and a double turn. */
const GAMMA = 2;

function node(left: Line, place: Place, right: Line): Node {
  return { place, left, right, size: lineLength(left) + lineLength(right) + 1 };
}

function weight(line: Line): number {
  return lineLength(line) + 1;
}

function balanced(left: Line, place: Place, right: Line): Node {
  if (right && weight(left) * DELTA < weight(right)) return turnedLeft(left, place, right);
  if (left && weight(right) * DELTA < weight(left)) return turnedRight(left, place, right);
  return node(left, place, right);
}

function turnedLeft(left: Line, place: Place, right: Node): Node {
  const inner = right.left;
  if (!inner || weight(inner) < GAMMA * weight(right.right)) {
    return node(node(left, place, inner), right.place, right.right);
  }
  return node(node(left, place, inner.left), inner.place, node(inner.right, right.place, right.right));
}

function turnedRight(left: Node, place: Place, right: Line): Node {
  const inner = left.right;
  if (!inner || weight(inner) < GAMMA * weight(left.left)) {
    return node(left.left, left.place, node(inner, place, right));
  }
  return node(node(left.left, left.place, inner.left), inner.place, node(inner.right, place, right));
}

function joined(left: Line, right: Line): Line {
  if (!left) return right;
  if (!right) return left;
  const first = leftmost(right);
  return balanced(left, first, lineWithout(right, first));
}

function leftmost(line: Node): Place {
  return line.left ? leftmost(line.left) : line.place;
}
