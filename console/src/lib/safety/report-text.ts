import type { Answer } from '#contract/events.ts';
import type { words } from './words.ts';

/** A report as a page of text, to be kept or sent: what was found, and what is to be done. */
export function reportText({ items }: Answer<'check:run'>, t: (typeof words)['t'], title: string): string {
  const lines = items.map(({ check, result, fix }) => {
    const what = `${t(`check.name.${check}`)}: ${t(`check.result.${result}`)}`;
    return fix === null ? what : `${what}. ${t(`check.fix.${fix}` as 'check.fix.no-printer')}`;
  });
  return `${title}\n\n${lines.join('\n')}\n`;
}
