import type { PrinterKnobs } from '../printer/virtual-printer.ts';
import type { Knob } from './dock.ts';

type Row = Omit<Knob, 'value'>;

/** Every knob of the virtual printer, in the order a person looks for them. For developers, hence in English. */
export const KNOB_TABLE: readonly Row[] = [
  choice('paper', 'Paper', ['enough', 'low', 'out']),
  flag('coverOpen', 'Cover open'),
  flag('cutterError', 'Cutter stuck'),
  flag('headHot', 'Print head hot'),
  flag('fault', 'Unrecoverable fault'),
  flag('offline', 'Switched off-line'),
  flag('unplugged', 'Unplugged'),
  flag('silent', 'Answers and prints nothing'),
  flag('loseAnswer', 'Loses the answer that a slip is printed'),
  flag('noisy', 'Says bytes that mean nothing'),
  flag('discards', 'Throws jobs away'),
  flag('keepsHeld', 'Prints after recovery what it held'),
  count('slowMs', 'Milliseconds until it says that a slip is printed', 60_000),
  count('bytesPerSecond', 'Bytes it reads in a second (0: all)', 10_000_000),
  count('outAfterDots', 'Paper runs out after so many dots', 100_000),
  count('cutAfterBytes', 'Link is cut after so many bytes', 10_000_000),
  flag('refusesSecond', 'Sends a second network client away'),
  flag('knowsAutomaticStatus', 'Knows automatic status'),
  flag('knowsProcessId', 'Knows process ids'),
  flag('knowsInOrder', 'Answers in order'),
  flag('knowsClear', 'Clears its buffer when told'),
  flag('nearEndSensor', 'Has a sensor for the end of the roll'),
  flag('drawerPinHigh', 'Drawer pin high'),
  flag('startsDoubleByte', 'Starts in double-byte mode'),
];

function flag(name: keyof PrinterKnobs, says: string): Row {
  return { name, says, kind: 'flag', choices: [], most: 0 };
}

function choice(name: keyof PrinterKnobs, says: string, choices: readonly string[]): Row {
  return { name, says, kind: 'choice', choices, most: 0 };
}

function count(name: keyof PrinterKnobs, says: string, most: number): Row {
  return { name, says, kind: 'count', choices: [], most };
}
