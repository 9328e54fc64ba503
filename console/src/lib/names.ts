import type { ConsoleContent } from '#contract/content.ts';
import type { DeskRow, PlaceView, WaitingRow, WaitRange } from '#contract/boards.ts';
import { text } from './words.svelte.ts';

/** The office's own names in the language of whoever is signed in; an id nobody knows any more stays blank. */
export function serviceName(content: ConsoleContent, serviceId: string): string {
  return content.services.find(({ id }) => id === serviceId)?.names[text.language] ?? '';
}

export function needName(content: ConsoleContent, needId: string | null): string | null {
  return content.needs.find(({ id }) => id === needId)?.names[text.language] ?? null;
}

export function personName(content: ConsoleContent, staffId: string): string {
  return content.specialists.find(({ id }) => id === staffId)?.name ?? '';
}

export function deskName(content: ConsoleContent, deskId: string): string {
  const desk = content.desks.find(({ id }) => id === deskId);
  return desk ? placeName(desk) : '';
}

export function placeName({ kind, number }: Pick<PlaceView, 'kind' | 'number'>): string {
  return text.t(`place.${kind}`, { number });
}

/** What a visitor with this need is asked to bring in any case. */
export function bringNames(content: ConsoleContent, needId: string | null): readonly string[] {
  const need = content.needs.find(({ id }) => id === needId);
  return (need?.bring ?? [])
    .filter(({ when }) => when === 'always')
    .flatMap(({ paperId }) => content.papers.find(({ id }) => id === paperId)?.names[text.language] ?? []);
}

/** `Lõuna · kuni 12:40`. */
export function pauseSentence({ reason, plannedEnd }: NonNullable<DeskRow['pause']>, zone: string): string {
  const why = text.t(`pauseReason.${reason}`);
  return plannedEnd === null ? why : `${why} · ${text.t('pauseReason.until', { time: text.time(plannedEnd, zone) })}`;
}

/** `15–25 min`, or nothing where no time can be told. */
export function rangeText(wait: WaitRange | null | undefined): string {
  return wait ? text.t('waiting.minutes', { from: wait.fromMinutes, to: wait.toMinutes }) : '';
}

/** `Eelisjärjekord: väikese lapsega`; nothing for whoever simply walked in. */
export function standingText(
  content: ConsoleContent,
  { standing, classId }: Pick<WaitingRow, 'standing' | 'classId'>,
): string | null {
  if (standing === 'walk-in') return null;
  const name = content.classes.find(({ id }) => id === classId)?.names[text.language];
  return [text.t(`standing.${standing}`), ...(name === undefined ? [] : [name])].join(': ');
}
