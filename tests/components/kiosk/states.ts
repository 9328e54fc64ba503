import { begin, choose, finish, NOBODY, press, settle } from '#kiosk/visit.ts';
import type { Need, Visit } from '#kiosk/visit.ts';
import type { AtTheKiosk } from './at-the-kiosk.ts';
import { ISSUED, aBoard, slip } from './scripted-line.svelte.ts';

const TOPIC = { id: 'family' as Need['id'], kind: 'topic' } as const;
const TOPICS = begin(NOBODY);
const SUB_NEEDS = choose(TOPICS, TOPIC);
const LEAF = leaf('pension.old_age');
const TAP = { requestId: 'r' as never, needId: 'pension.old_age' as Need['id'], language: 'et' } as const;
const TICKET = settle(press(LEAF, TAP), TAP.requestId, { kind: 'issued', issued: ISSUED });
const LONG_NUMBER = { ...ISSUED, number: 'K1042' as typeof ISSUED.number };

/** Every state a visitor can meet, by name: for the measures, and for the pictures of the gallery. */
export const STATES: Readonly<Record<string, (at: AtTheKiosk) => void>> = {
  start: () => undefined,
  topics: visit(TOPICS),
  'sub-needs': visit(SUB_NEEDS),
  'sub-needs with a closed service': (at) => {
    visit(SUB_NEEDS)(at);
    const { services } = aBoard();
    at.line.board = aBoard({ services: services.map((load) => ({ ...load, open: false })) });
  },
  leaf: visit(LEAF),
  'a leaf with the longest name': visit(leaf('family.maintenance_enforcement')),
  'a private leaf': visit(leaf('disability.determination')),
  elsewhere: visit(leaf('devices.where')),
  asking: visit(press(LEAF, TAP)),
  refused: visit(settle(press(LEAF, TAP), TAP.requestId, { kind: 'refused', refusal: { code: 'unknown-need' } })),
  cannot: visit(settle(press(LEAF, TAP), TAP.requestId, { kind: 'failed', reference: '7f3a' })),
  'ticket, printing': visit(TICKET),
  'ticket, printed': paper('printed'),
  'ticket, did it come out': paper('unknown'),
  'ticket, not printed': paper('not-printed'),
  'ticket, no paper, last seconds': (at) => {
    visit(TICKET)(at);
    at.kiosk.idle.secondsLeft = 22;
    at.line.board = aBoard({ printer: 'paper-out', slips: [slip('not-printed', 'paper-out')] });
  },
  'ticket, printer open': (at) => {
    visit(TICKET)(at);
    at.line.board = aBoard({ printer: 'cover-open', slips: [slip('not-printed', 'cover-open')] });
  },
  'ticket, long number': visit(settle(press(LEAF, TAP), TAP.requestId, { kind: 'issued', issued: LONG_NUMBER })),
  'last seconds of a choice': (at) => {
    visit(TOPICS)(at);
    at.kiosk.idle.secondsLeft = 22;
  },
  thanks: visit(finish(TICKET)),
  accessibility: (at) => at.kiosk.open('access'),
  'accessibility, listening': (at) => {
    at.kiosk.open('access');
    at.kiosk.session.speech = true;
    at.kiosk.session.soundFails = true;
  },
  'person called': (at) => {
    at.kiosk.open('help');
    at.line.board = aBoard({ help: 'called' });
  },
  'person coming': (at) => {
    at.kiosk.open('help');
    at.line.board = aBoard({ help: 'coming' });
  },
  'call failed': (at) => {
    at.kiosk.open('help');
    at.kiosk.helpCall = 'failed';
  },
  closed: (at) => {
    at.line.board = aBoard({ opening: { open: false, changesAt: (at.line.now + 86_400_000 * 3) as never } });
    const { content } = at.line;
    const week = Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: '09:00', until: '16:00' }] : []));
    if (content)
      at.line.content = { ...content, office: { ...content.office, hours: { kind: 'weekly', week, exceptions: {} } } };
  },
  reconnecting: (at) => {
    visit(SUB_NEEDS)(at);
    at.line.stale = true;
  },
  'out of service': (at) => {
    at.line.stale = true;
  },
  connecting: (at) => {
    at.line.board = null;
  },
};

function leaf(id: string): Visit {
  return choose(SUB_NEEDS, { id: id as Need['id'], kind: 'leaf' });
}

function visit(there: Visit): (at: AtTheKiosk) => void {
  return ({ kiosk }) => (kiosk.visit = there);
}

function paper(state: Parameters<typeof slip>[0]): (at: AtTheKiosk) => void {
  return (at) => {
    visit(TICKET)(at);
    at.line.board = aBoard({ slips: [slip(state)] });
  };
}
