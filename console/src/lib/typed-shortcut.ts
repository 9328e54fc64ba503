import type { Shortcut } from './shortcut-keys.ts';
import type { Work } from './work.svelte.ts';

/** What a shortcut does. The verbs belong to the desk's own page: elsewhere nobody sees what they would act on. */
export function typed(shortcut: Shortcut, work: Work): void {
  switch (shortcut) {
    case 'pageDesk':
      return work.show('desk');
    case 'pageTriage':
      return work.show('triage');
    case 'pageOverview':
      return work.show('overview');
    case 'pageOffice':
      return work.show('office');
    case 'undo':
      return work.undo();
    case 'find':
      return document.querySelector<HTMLElement>('input[type=search]')?.focus();
    default:
      if (work.page === 'desk') work.press(shortcut);
  }
}
