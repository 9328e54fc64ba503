import type { Language, Texts } from '../domain/language.ts';
import type { Plan } from '../domain/plan.ts';

type Shown = Pick<Plan, 'office' | 'services' | 'needs' | 'papers' | 'organisations'>;

/** The office's own texts that a kiosk shows, and so must be able to say. A telephone number is said digit by digit. */
export function officeTexts({ office, services, needs, papers, organisations }: Shown, language: Language): string[] {
  const texts: Texts[] = [
    office.agency,
    office.names,
    office.waitingPlace,
    office.closedHelp,
    ...services.map(({ names }) => names),
    ...needs.flatMap(({ names, descriptions }) => [names, descriptions]),
    ...papers.map(({ names }) => names),
    ...organisations.map(({ names }) => names),
  ];
  return texts.map((text) => text[language]);
}
