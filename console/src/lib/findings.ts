import type { WaitingRow } from '#contract/boards.ts';
import type { ConsoleContent } from '#contract/content.ts';
import type { Language } from '#contract/language.ts';
import type { Findings } from './work.svelte.ts';

export type Assistance = WaitingRow['assistance'][number];

/** What is being found out by talking to a visitor; nothing of it is sent before somebody presses a verb. */
export interface Draft {
  readonly needId: Findings['needId'];
  readonly language: Language;
  readonly standing: Findings['standing'];
  readonly classId: WaitingRow['classId'];
  readonly assistance: readonly Assistance[];
  readonly further: readonly WaitingRow['serviceId'][];
  readonly note: string;
}

export const EMPTY_DRAFT: Draft = {
  needId: null,
  language: 'et',
  standing: 'walk-in',
  classId: null,
  assistance: [],
  further: [],
  note: '',
};

/** The draft to change a ticket with: all that is known of it. */
export function draftOf(ticket: Draft): Draft {
  const { needId, language, standing, classId, assistance, further, note } = ticket;
  return { needId, language, standing, classId, assistance, further, note };
}

/** Where a visitor with this need waits; without a need, where the ticket waits already. */
export function serviceOf(
  content: Pick<ConsoleContent, 'needs'>,
  needId: string | null,
  before: WaitingRow['serviceId'] | null,
): WaitingRow['serviceId'] | null {
  return content.needs.find(({ id }) => id === needId)?.serviceId ?? before;
}

export function findingsOf(draft: Draft, serviceId: WaitingRow['serviceId']): Findings {
  const further = draft.further.filter((id) => id !== serviceId);
  return { ...draft, serviceId, assistance: [...draft.assistance], further, note: draft.note.trim() };
}

export function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((one) => one !== item) : [...list, item];
}

/**
 * Gives the priority standing for a class of visitors, or takes it away again: then the ticket has the standing it had.
 *
 * @param classId `null`: priority without a class, in an office that has none
 * @param before the standing without priority
 */
export function withPriority(
  { standing, classId: chosen }: Pick<Draft, 'standing' | 'classId'>,
  classId: Draft['classId'],
  before: Draft['standing'],
): Pick<Draft, 'standing' | 'classId'> {
  const isOn = standing === 'priority' && chosen === classId;
  if (!isOn) return { standing: 'priority', classId };
  return { standing: before === 'priority' ? 'walk-in' : before, classId: null };
}
