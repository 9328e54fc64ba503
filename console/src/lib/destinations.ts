import type { DeskBoard } from '#contract/boards.ts';
import type { ConsoleContent } from '#contract/content.ts';
import { deskName, rangeText } from './names.ts';
import type { Asking } from './office.svelte.ts';
import { text } from './words.svelte.ts';

export const DESTINATION_KINDS = ['service', 'desk', 'person'] as const;
export type DestinationKind = (typeof DESTINATION_KINDS)[number];

export interface Destination {
  readonly id: string;
  readonly name: string;
  /** What helps to choose: the wait, who sits there, where somebody works. */
  readonly detail: string;
  readonly to: Asking<'ticket:transfer'>['to'];
}

/** Where a ticket can be sent: never to where it is, nor to an empty desk. */
export function destinations(
  kind: DestinationKind,
  board: DeskBoard,
  content: ConsoleContent,
  ticket: { readonly serviceId: string },
): readonly Destination[] {
  switch (kind) {
    case 'service':
      return content.services
        .filter(({ id }) => id !== ticket.serviceId)
        .map(({ id, names }) => ({
          id,
          name: names[text.language],
          detail: rangeText(board.queues.find(({ serviceId }) => serviceId === id)?.wait),
          to: { kind: 'service', serviceId: id },
        }));
    case 'desk':
      return board.desks
        .filter(({ deskId, staffId }) => staffId !== null && deskId !== board.me.deskId)
        .map(({ deskId, staffName }) => ({
          id: deskId,
          name: deskName(content, deskId),
          detail: staffName ?? '',
          to: { kind: 'desk', deskId },
        }));
    case 'person':
      return content.specialists
        .filter(({ id }) => id !== board.me.staffId)
        .map(({ id, name }) => ({
          id,
          name,
          detail: placeOf(id, board, content),
          to: { kind: 'person', staffId: id },
        }));
  }
}

function placeOf(staffId: string, board: DeskBoard, content: ConsoleContent): string {
  const desk = board.desks.find((row) => row.staffId === staffId);
  return desk ? deskName(content, desk.deskId) : text.t('transfer.away');
}
