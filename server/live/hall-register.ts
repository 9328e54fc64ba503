import type { HallNow } from '../boards/hall.ts';
import type { DisplayReport, DisplayRow } from '../contract/boards.ts';
import { panelOf, USUAL_HALL, type Hall, type Panel } from '../domain/hall.ts';
import type { Actor, DeviceId, EpochMs, RequestId } from '../domain/ids.ts';
import type { JournalLine } from '../domain/journal.ts';
import type { Database } from '../store/database.ts';
import { changeHall, currentHall, type HallPart } from '../store/hall-store.ts';
import { appendToJournal } from '../store/journal.ts';

interface Keeping {
  readonly database: Database;
  readonly now: () => EpochMs;
  readonly onLines: (lines: readonly JournalLine[]) => Promise<void>;
}

/** Requests of the register that are known by their id when they are sent again, and calls whose repeats are kept. */
const KEPT = 200;

/**
 * Waiting area and phones: their settings, what staff asked of the displays, and what the displays tell of themselves. What is
 * asked for only once (a repeat, a sound test) lives as long as the server: a display that starts anew is not to say old calls.
 */
export class HallRegister {
  /** Settings changed, or something was asked of the displays. */
  onChange: () => void = () => undefined;
  /** A display told something new. */
  onReport: (deviceId: DeviceId, report: DisplayReport) => void = () => undefined;
  readonly #keeping: Keeping;
  #hall: Hall = USUAL_HALL;
  #repeats: ReadonlyMap<number, number> = new Map();
  #soundTests = 0;
  readonly #reports = new Map<DeviceId, DisplayReport>();
  readonly #known = new Set<RequestId>();

  private constructor(keeping: Keeping) {
    this.#keeping = keeping;
  }

  static async open(keeping: Keeping): Promise<HallRegister> {
    const register = new HallRegister(keeping);
    register.#hall = await keeping.database.read(currentHall);
    return register;
  }

  get hall(): Hall {
    return this.#hall;
  }

  get now(): HallNow {
    return { hall: this.#hall, repeats: this.#repeats, soundTests: this.#soundTests };
  }

  /** What a display's sizes and calls follow; the area in its address goes before the one in its settings. */
  panelFor(deviceId: DeviceId, askedArea: string | null): Panel {
    const panel = panelOf(this.#hall, deviceId);
    return askedArea === null ? panel : { ...panel, areaId: askedArea };
  }

  /** Makes the next version of the settings. A request sent again changes nothing. */
  async change(part: HallPart, requestId: RequestId, actor: Actor, next: (hall: Hall) => Hall): Promise<void> {
    if (this.#isRepeat(requestId)) return;
    const { database, now, onLines } = this.#keeping;
    const { hall, lines } = await changeHall(database, part, next, { now: now(), actor });
    this.#learn(requestId);
    this.#hall = hall;
    await onLines(lines);
    this.onChange();
  }

  /** Has the displays say a call once more; the journal knows who asked. */
  async repeat(order: number, requestId: RequestId, actor: Actor, body: JournalLine['body']): Promise<void> {
    if (this.#isRepeat(requestId)) return;
    const { database, now, onLines } = this.#keeping;
    const entry = { kind: 'hall.repeated', at: now(), actor, ticket: null, body } as const;
    const lines = await database.write((trx) => appendToJournal(trx, [entry]));
    this.#learn(requestId);
    const repeats = new Map(this.#repeats).set(order, (this.#repeats.get(order) ?? 0) + 1);
    this.#repeats = new Map([...repeats].slice(-KEPT));
    await onLines(lines);
    this.onChange();
  }

  testSound(requestId: RequestId): void {
    if (this.#isRepeat(requestId)) return;
    this.#learn(requestId);
    this.#soundTests += 1;
    this.onChange();
  }

  tell(deviceId: DeviceId, report: Omit<DisplayReport, 'at'>): void {
    const told = { ...report, at: this.#keeping.now() };
    this.#reports.set(deviceId, told);
    this.onReport(deviceId, told);
  }

  /** The displays that have been here since the start. */
  displayRows(displays: readonly Omit<DisplayRow, 'report'>[]): readonly DisplayRow[] {
    return displays.map((row) => ({ ...row, report: this.#reports.get(row.deviceId) ?? null }));
  }

  #isRepeat(requestId: RequestId): boolean {
    return this.#known.has(requestId);
  }

  #learn(requestId: RequestId): void {
    this.#known.add(requestId);
    if (this.#known.size > KEPT) for (const oldest of [...this.#known].slice(0, -KEPT)) this.#known.delete(oldest);
  }
}
